# Labels for the choice of a source address.
@ also user
! ip link add v0 type veth peer name v1
* ip addrlabel
ip -6 addrlabel show
ip -4 addrlabel
ip -0 addrlabel
ip -4 -j addrlabel
ip addrlabel help
ip addrlabel foo
ip addrlabel list foo
ip addrlabel list help
ip addrlabel flush foo
ip addrlabel add
ip addrlabel add help
ip addrlabel add prefix
ip addrlabel add label
ip addrlabel add dev
ip addrlabel add prefix 2001:db8::/32
ip addrlabel add label 5
ip addrlabel add prefix 2001:db8::/32 label 5
ip addrlabel add prefix 2001:db8::/32 label 5
ip addrlabel add prefix 2001:db8::1/32 label 6
ip addrlabel add prefix 2001:db8:1::/48 label 6 dev v0
ip addrlabel add prefix 2001:db8:1::/48 label x
ip addrlabel add prefix 2001:db8:1::/48 label -1
ip addrlabel add prefix 2001:db8:1::/48 label 4294967295
ip addrlabel add prefix 2001:db8:1::/48 label 4294967294
ip addrlabel add prefix x label 4
ip addrlabel add prefix 2001:db8::/129 label 4
ip addrlabel add prefix 10.0.0.0/8 label 4
ip -4 addrlabel add prefix 10.0.0.0/8 label 4
ip -4 addrlabel add prefix 2001:db8::/32 label 4
ip -0 addrlabel add prefix ::/0 label 5
ip addrlabel add prefix ::ffff:10.0.0.0/104 label 4
ip addrlabel add prefix 2001:db8:2:: label 4 dev nosuch
ip addrlabel add prefix 2001:db8:2:: label 4 foo bar
ip addrlabel add prefix 2001:db8:2:: prefix 2001:db8:3:: label 4 label 0x10
ip addrlabel add pref ::/0 label 5
* ip addrlabel
ip addrlabel del
ip addrlabel del prefix 2001:db8::/32
ip addrlabel del prefix 2001:db8::/32 label 99
ip addrlabel del prefix 2001:db8::/32 label 99
ip addrlabel delete prefix 2001:db8:1::/48 label 6
ip addrlabel d prefix 2001:db8:1::/48 label 6 dev v0
ip -4 addrlabel flush
ip -0 addrlabel flush
printf 'addrlabel add prefix 2001:db8:7::/48 label 7\naddrlabel\naddrlabel list x\n' | ip -batch -
ip addrlabel flush
* ip addrlabel
ip addrlabel flush
# Words for every address: ip sends an address without bytes, which the kernel refuses.
ip addrlabel add prefix default label 4
=? 0
ip addrlabel list
= prefix ::/0 label 4 
=? 0
