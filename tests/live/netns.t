# Network namespaces: made, listed, entered, removed.
@ also user
ip netns
ip netns list
# The reference prints nothing where there is no folder yet.
ip -j netns list
= []
ip netns list-id
ip netns pids a
ip netns identify
ip netns identify $$
ip netns add
ip netns add a
ip netns add a
ip netns add b ignored words
ip netns add a/b
ip netns add .
ip netns add ''
! ls -l /run/netns/a | cut -c1-10
ip netns
ip netns show
ip netns lst
ip -j netns
ip -j -p netns list
ip netns set a 5
ip netns set b auto
ip netns set a 5
ip netns set a x
ip netns set a
# ip fails without a word.
ip netns set nosuch 5
=2 Cannot open network namespace "nosuch": No such file or directory
=? 1
ip netns
ip -j netns
ip netns list-id
ip -j netns list-id
ip -j -p netns list-id
ip netns list-id nsid 5
ip netns list-id target-nsid 5
ip netns list-id nsid x
ip netns list-id nsid 99
ip netns list-id junk
ip netns list-id a/b
ip netns list-id target-nsid 99
ip netns list-id nsid 5 nsid 5
ip netns list-id target-nsid 5 target-nsid 5
ip netns list-id nsid 0x5
ip netns set a 2147483648
ip netns exec
ip netns exec a
ip netns exec nosuch true
ip netns exec a nosuchprogram
ip netns exec a true
ip netns exec a false
ip netns exec a sh -c 'exit 42'
~ ip netns exec a sh -c 'kill -9 $$'
ip netns exec a echo one 'two three' -x --y
ip netns exec a ip link
ip netns exec a ip -j link
ip -n a link
ip -netns a addr
ip -net a -br addr
ip netns exec a ip netns identify
ip netns exec a sh -c 'ip netns identify $$'
ip netns exec a sh -c 'ip netns pids a > pids; wc -l < pids'
# JSON where the reference has text only.
ip -j netns identify
= []
ip netns exec a ip -j netns identify
= [{"name":"a"}]
ip netns exec a sh -c 'ip -j netns pids a > pids; sed "s/[0-9][0-9]*/1/g" pids'
= [{"pid":1},{"pid":1}]
ip -j netns pids a
= []
ip netns pids a
ip netns pids
ip netns identify 99999999
ip netns identify x
ip netns identify 1 2
ip netns identify a/b
ip netns exec a ls /sys/class/net
ip netns exec a sh -c 'cat /proc/mounts | grep -c sysfs'
! mkdir -p /etc/netns/a && echo 'nameserver 192.0.2.1' > /etc/netns/a/resolv.conf
ip netns exec a cat /etc/resolv.conf
ip netns exec b cat /etc/resolv.conf
ip -n a netns exec b cat /etc/resolv.conf
cat /etc/resolv.conf
ip -all netns exec echo hello
ip -a netns exec false
ip -j -all netns exec echo hello | cat
# Many at once: what each writes stays together, in the order of the names, whoever ends first.
ip -all netns exec sh -c 'ip netns identify; ip -br link' >all; rip -all -jobs 2 netns exec sh -c 'ip netns identify; sleep 0.0$(($$ % 9)); ip -br link' >jobs; cmp all jobs && grep -c 'netns: a' jobs
rip -all -jobs 8 netns exec sh -c 'echo out; echo err >&2; kill -9 $$' 2>&1 >/dev/null | sort | uniq -c | wc -l
rip -jobs 0 netns
ip netns attach c $$
ip netns attach c $$
ip netns attach d 99999999
ip netns attach
ip netns attach d
ip netns attach d 0
ip netns attach d -1
ip netns del d
ip netns attach d x
ip netns
ip netns identify
ip netns del c
ip netns del nosuch
ip netns del
ip netns del a ignored
ip netns
ip netns add x1
ip netns add x2
ip netns | sort
ip -all netns del
ip netns
ip netns bogus
ip netns bogus a/b
ip netns help a/b
ip netns help
ip netns h
timeout 1 ip netns monitor > mon & sleep 0.3; ip netns add m1; ip netns del m1; wait; cat mon
= add m1
= delete m1
timeout 1 ip -j netns monitor > mon & sleep 0.3; ip netns add m2; ip netns del m2; wait; cat mon
= {"event":"add","name":"m2"}
= {"event":"delete","name":"m2"}
ip netns add p; ip netns exec p sh -c 'ip link set lo up; ip -br link'
# What is no namespace is refused, and holds nobody up.
! touch /run/netns/plain && mkdir /run/netns/folder && mkfifo /run/netns/pipe && ln -s /dev/zero /run/netns/zero
ip netns exec plain true
ip netns exec folder true
ip -n plain link
ip netns pids plain
ip netns exec pipe true
ip -n ../netns/p link
ip netns | sort
# A link's name goes, what it leads to stays.
! ip netns add far && ln -s far /run/netns/near
ip netns del near; ls /run/netns; ip netns exec far echo still there
ip -all netns del
ls /run/netns
! rmdir /run/netns/folder
# Under a shared /run no name is mounted twice.
! umount -l /run/netns && rmdir /run/netns && mount --make-shared /run
! ip netns add s1 && ip netns add s2
grep -c /run/netns/s /proc/self/mountinfo
