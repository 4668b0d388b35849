# IPsec states of every kind: added, shown in every format, one at a time, for the order of several is that of a hash table.
@ guest
! modprobe -a esp4 esp6 ah4 ah6 ipcomp ipcomp6 mip6 xfrm_user 2>/dev/null; true
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 0x1000 reqid 7 mode tunnel enc "cbc(aes)" 0x00112233445566778899aabbccddeeff auth "hmac(sha256)" 0x0123456789abcdef
ip xfrm state list
ip -o xfrm state list nokeys
ip -s -o xfrm state list | sed 's/add 2[^\\]* use [^\\]*/add T use U/'
ip -s xfrm state list nokeys | sed 's/add 2[^\\]* use [^\\]*/add T use U/'
{ ip -j xfrm state list
ip xfrm state flush
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 0x1001 mode tunnel auth-trunc "hmac(sha256)" 0x00112233445566778899aabbccddeeff 128 enc "cbc(aes)" 0x00112233445566778899aabbccddeeff mark 7 mask 0xff output-mark 9 mask 0xf if_id 12 tfcpad 5 replay-window 300 seq 0x11 flag esn noecn align4 extra-flag dont-encap-dscp oseq-may-wrap sel src 10.1.0.0/16 dst 10.2.0.0/16 proto tcp sport 5 dport 6 limit time-soft 1000 limit time-hard 2000 limit time-use-soft 1100 limit time-use-hard 2100 limit byte-soft 100 limit byte-hard 200 limit packet-soft 3 limit packet-hard 4
ip xfrm state list
ip -o xfrm state list nokeys
ip -s -o xfrm state list | sed 's/add 2[^\\]* use [^\\]*/add T use U/'
ip -s xfrm state list nokeys | sed 's/add 2[^\\]* use [^\\]*/add T use U/'
{ ip -j xfrm state list
ip xfrm state flush
ip xfrm state add src 2001:db8::1 dst 2001:db8::2 proto esp spi 0x1002 mode beet aead "rfc4106(gcm(aes))" 0x0011223344556677889900112233445566778899 128 encap espinudp 4500 4501 0.0.0.0 replay-window 8 replay-seq 5 replay-oseq 6 sel src 2001:db8::1 dst 2001:db8::2 proto icmp type 3 code 4
ip xfrm state list
ip -o xfrm state list nokeys
ip -s -o xfrm state list | sed 's/add 2[^\\]* use [^\\]*/add T use U/'
ip -s xfrm state list nokeys | sed 's/add 2[^\\]* use [^\\]*/add T use U/'
{ ip -j xfrm state list
ip xfrm state flush
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 0x1002 mode tunnel aead "rfc4106(gcm(aes))" 0x0011223344556677889900112233445566778899 128 encap espinudp-nonike 4500 4501 10.0.0.3 sel src 10.0.0.1 dst 10.0.0.9 proto ipv6-icmp type 3 dev lo
ip xfrm state list
ip -o xfrm state list nokeys
ip -s -o xfrm state list | sed 's/add 2[^\\]* use [^\\]*/add T use U/'
ip -s xfrm state list nokeys | sed 's/add 2[^\\]* use [^\\]*/add T use U/'
{ ip -j xfrm state list
ip xfrm state flush
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto comp spi 0x1003 comp deflate
ip xfrm state list
ip -o xfrm state list nokeys
ip -s -o xfrm state list | sed 's/add 2[^\\]* use [^\\]*/add T use U/'
ip -s xfrm state list nokeys | sed 's/add 2[^\\]* use [^\\]*/add T use U/'
{ ip -j xfrm state list
ip xfrm state flush
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto ah spi 0x1004 mode tunnel auth "hmac(sha1)" abc replay-window 32 output-mark 5 flag icmp af-unspec
ip xfrm state list
ip -o xfrm state list nokeys
ip -s -o xfrm state list | sed 's/add 2[^\\]* use [^\\]*/add T use U/'
ip -s xfrm state list nokeys | sed 's/add 2[^\\]* use [^\\]*/add T use U/'
{ ip -j xfrm state list
ip xfrm state flush
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto ah spi 0x1004 mode transport auth digest_null "" mark 7 extra-flag 1 flag 0x14
ip xfrm state list
ip -o xfrm state list nokeys
ip -s -o xfrm state list | sed 's/add 2[^\\]* use [^\\]*/add T use U/'
ip -s xfrm state list nokeys | sed 's/add 2[^\\]* use [^\\]*/add T use U/'
{ ip -j xfrm state list
ip xfrm state flush
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 0x1005 mode tunnel enc cipher_null "" sel proto gre key 7.8
ip xfrm state list
ip -o xfrm state list nokeys
ip -s -o xfrm state list | sed 's/add 2[^\\]* use [^\\]*/add T use U/'
ip -s xfrm state list nokeys | sed 's/add 2[^\\]* use [^\\]*/add T use U/'
{ ip -j xfrm state list
ip xfrm state flush
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 0x1005 mode tunnel enc "ecb(cipher_null)" "" sel proto 135 type 3 code 4 replay-window 33 flag esn replay-seq-hi 3 replay-seq 4 replay-oseq 5 replay-oseq-hi 6
ip xfrm state list
ip -o xfrm state list nokeys
ip -s -o xfrm state list | sed 's/add 2[^\\]* use [^\\]*/add T use U/'
ip -s xfrm state list nokeys | sed 's/add 2[^\\]* use [^\\]*/add T use U/'
{ ip -j xfrm state list
ip xfrm state flush
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 0x1006 mode tunnel enc "ecb(cipher_null)" "" ctx hello mark 0 mask 5 output-mark 6 mask 1 sel proto sctp dport 9 limit byte-hard 5
ip xfrm state list
ip -o xfrm state list nokeys
ip -s -o xfrm state list | sed 's/add 2[^\\]* use [^\\]*/add T use U/'
ip -s xfrm state list nokeys | sed 's/add 2[^\\]* use [^\\]*/add T use U/'
{ ip -j xfrm state list
ip xfrm state flush
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 0x1007 mode transport enc "ecb(cipher_null)" "" dir in pcpu-num 0 replay-window 4
ip xfrm state list
ip -o xfrm state list nokeys
ip -s -o xfrm state list | sed 's/add 2[^\\]* use [^\\]*/add T use U/'
ip -s xfrm state list nokeys | sed 's/add 2[^\\]* use [^\\]*/add T use U/'
{ ip -j xfrm state list
ip xfrm state flush
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 0x1008 mode tunnel enc "ecb(cipher_null)" "" dir out offload dev lo dir out
ip xfrm state list
ip -o xfrm state list nokeys
ip -s -o xfrm state list | sed 's/add 2[^\\]* use [^\\]*/add T use U/'
ip -s xfrm state list nokeys | sed 's/add 2[^\\]* use [^\\]*/add T use U/'
{ ip -j xfrm state list
ip xfrm state flush
ip xfrm state add src ::1 dst ::2 proto route2 mode ro coa ::5
ip xfrm state list
ip -o xfrm state list nokeys
ip -s -o xfrm state list | sed 's/add 2[^\\]* use [^\\]*/add T use U/'
ip -s xfrm state list nokeys | sed 's/add 2[^\\]* use [^\\]*/add T use U/'
{ ip -j xfrm state list
ip xfrm state flush
ip xfrm state add src ::1 dst ::2 proto hao mode in_trigger coa ::5/64
ip xfrm state list
ip -o xfrm state list nokeys
ip -s -o xfrm state list | sed 's/add 2[^\\]* use [^\\]*/add T use U/'
ip -s xfrm state list nokeys | sed 's/add 2[^\\]* use [^\\]*/add T use U/'
{ ip -j xfrm state list
ip xfrm state flush
# Lists of several, in order.
! ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 0x1001 reqid 3 mode tunnel enc "cbc(aes)" 0x00112233445566778899aabbccddeeff mark 7 flag icmp
! ip xfrm state add src 10.0.0.9 dst 10.0.0.2 proto esp spi 0x1002 mode transport enc "cbc(aes)" 0x00112233445566778899aabbccddeeff
! ip xfrm state add src 2001:db8::1 dst 2001:db8::2 proto ah spi 0x1001 auth digest_null ""
ip -o xfrm state list src 10.0.0.1 | sort
ip -o xfrm state list src 10.0.0.0/24 | sort
ip -o xfrm state list src 10.0.0.0/16 | sort
ip -o xfrm state list dst 10.0.0.2 | sort
ip -o xfrm state list dst 10.0.0.9 | sort
ip -o xfrm state list proto esp | sort
ip -o xfrm state list proto ah | sort
ip -o xfrm state list proto comp | sort
ip -o xfrm state list spi 0x1001 | sort
ip -o xfrm state list spi 0 | sort
ip -o xfrm state list mode transport | sort
ip -o xfrm state list mode tunnel | sort
ip -o xfrm state list reqid 3 | sort
ip -o xfrm state list reqid 0 | sort
ip -o xfrm state list flag icmp | sort
ip -o xfrm state list flag noecn icmp | sort
ip -o xfrm state list flag esn | sort
ip -o xfrm state list src 10.0.0.0/8 dst 10.0.0.0/8 proto esp spi 0x1002 | sort
ip -o xfrm state list src 0/0 | sort
ip -o xfrm state list dst 10.0.0.1/0 | sort
ip -o xfrm state list dst ::/0 | sort
ip -o xfrm state list src 0.0.0.0 | sort
ip -o xfrm state list dst 2001:db8::/32 | sort
ip -6 -o xfrm state list | sort
ip -4 -o xfrm state list proto esp | sort
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 0x1001 reqid 3 mode tunnel enc "cbc(aes)" 0x00112233445566778899aabbccddeeff mark 7
ip xfrm state update src 10.0.0.1 dst 10.0.0.2 proto esp spi 0x1001 reqid 3 mode tunnel enc "cbc(aes)" 0x00112233445566778899aabbccddeeff mark 7 limit packet-hard 77
ip xfrm state update src 10.0.0.1 dst 10.0.0.2 proto esp spi 0x1009 mode tunnel enc "cbc(aes)" 0x00112233445566778899aabbccddeeff
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 0x1008 mode tunnel enc nosuch ""
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 0x1008 mode transport tfcpad 5 enc "cbc(aes)" 0x00112233445566778899aabbccddeeff
ip xfrm state get src 10.0.0.1 dst 10.0.0.2 proto esp spi 0x1001
ip xfrm state get src 10.0.0.1 dst 10.0.0.2 proto esp spi 0x1001 mark 7
ip xfrm state delete src 10.0.0.1 dst 10.0.0.2 proto esp spi 0x1001
ip xfrm state delete src 10.0.0.1 dst 10.0.0.2 proto esp spi 0x1001 mark 7
ip xfrm state deleteall src 10.0.0.0/24 spi 0x1001
ip xfrm state count
ip xfrm state deleteall dst 10.0.0.0/8 mode transport
ip xfrm state count
ip -s -s xfrm state deleteall
ip xfrm state count
# What ip answers with nothing.
! ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 0x1001 mode tunnel enc "ecb(cipher_null)" ""
{ ip -j xfrm state list proto ipsec-any flag 0x0
ip xfrm state allocspi src 10.0.0.1 dst 10.0.0.2 proto esp min 0x500 max 0x500 mode tunnel reqid 3 seq 5
ip xfrm state update src 10.0.0.1 dst 10.0.0.2 proto esp spi 0x500 mode tunnel reqid 3 seq 5 enc "ecb(cipher_null)" ""
ip xfrm state get src 10.0.0.1 dst 10.0.0.2 proto esp spi 0x500
# A batch that is undone deletes the states that it added, and no others; it refuses what it could not put back.
! ip xfrm state flush; rip xfrm state add dst 10.0.0.9 proto esp spi 0x99 enc "ecb(cipher_null)" ""
printf '%s\n' 'xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 0x77 mark 7 enc "ecb(cipher_null)" ""' 'xfrm state count' 'link set nosuch up' | rip -atomic -batch - 2>&1 | grep -v "^ \|^Cannot\|^Command"
= 	 SAD count 2
= Rolled back: everything is as it was before the batch.
rip xfrm state count
= 	 SAD count 1
printf '%s\n' 'xfrm state add dst 10.0.0.9 proto esp spi 0x99 enc "ecb(cipher_null)" ""' | rip -atomic -batch - 2>&1 | tail -1
= Rolled back: everything is as it was before the batch.
rip -o xfrm state list | cut -c1-24
= src 0.0.0.0 dst 10.0.0.9
echo 'xfrm state flush' | rip -atomic -batch - 2>&1 | tail -1
= No changes were made.
rip xfrm state count
= 	 SAD count 1
echo 'xfrm state add dst 10.0.0.9 proto esp spi 0x98 enc "ecb(cipher_null)" ""' | rip -atomic -batch - && rip xfrm state count
= 	 SAD count 2
