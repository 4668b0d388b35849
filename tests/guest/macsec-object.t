# MACsec channels and associations: added, changed, shown in every format, refused and deleted.
@ guest
! ip link add d0 address 02:00:00:00:00:01 type dummy
! ip link add link d0 m0 type macsec port 11 encrypt on
! ip link set d0 up
ip macsec
ip macsec help
ip macsec foo
ip macsec show nosuch
* ip macsec show
* ip macsec show m0
ip macsec show d0
ip -j macsec show d0
ip macsec show m0 x
ip macsec add
ip macsec add m0
ip macsec add nosuch tx sa 0
ip macsec add m0 foo
ip macsec add m0 tx
ip macsec add m0 tx foo
ip macsec add m0 tx sa
ip macsec add m0 tx sa 4
ip macsec add m0 tx sa x
ip macsec add m0 tx sa 0
ip macsec add m0 tx sa 0 foo
ip macsec add m0 tx sa 0 help
ip macsec add m0 tx sa 0 key
ip macsec add m0 tx sa 0 key 1
ip macsec add m0 tx sa 0 key 0x01 11
ip macsec add m0 tx sa 0 key 01
ip macsec add m0 tx sa 0 key 01 1
=? 255
=2 Error: argument "<hidden>" is wrong: expected key
ip macsec add m0 tx sa 0 key 01 11
ip macsec add m0 tx sa 0 pn 1 key 01 11
ip macsec add m0 tx sa 0 pn 1 key 01 ""
ip macsec add m0 tx sa 0 pn 0
ip macsec add m0 tx sa 0 pn x
ip macsec add m0 tx sa 0 pn 4294967296
ip macsec add m0 tx sa 0 pn 1 pn 2
ip macsec add m0 tx sa 0 xpn 1 pn 2
ip macsec add m0 tx sa 0 pn 1 xpn 2
ip macsec add m0 tx sa 0 xpn 0
ip macsec add m0 tx sa 0 xpn x
ip macsec add m0 tx sa 0 pn 5 xpn
ip macsec set m0 tx sa 0 off ''
ip macsec set m0 rx ''
ip macsec add m0 tx sa 0 xpn 5 pn x
ip macsec add m0 tx sa 0 ssci 1 ssci
ip macsec add m0 tx sa 0 salt x
ip macsec add m0 tx sa 0 salt 001122334455667788990011 salt 00
ip macsec add m0 tx sa 0 ssci x
ip macsec add m0 tx sa 0 ssci 1 ssci 2
ip macsec add m0 tx sa 0 on off
ip macsec add m0 tx sa 0 on on
ip macsec add m0 tx sa 0 pn 1 on key 0101 00112233445566778899aabbccddeeff
ip macsec add m0 tx sa 0 pn 1 on key 0101 00112233445566778899aabbccddeeff
ip macsec add m0 tx sa 1 pn 100 off key 02 00112233445566778899aabbccddeeff key 03 00112233445566778899AABBCCDDEEFF
ip macsec add m0 tx sa 2 pn 100 off key 02 00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff
ip macsec show
ip macsec set m0 tx sa 0 key 00 00
ip macsec set m0 tx sa 0
ip macsec set m0 tx sa 0 pn 7
ip macsec set m0 tx sa 0 off
ip macsec set m0 tx sa 2 off
ip macsec add m0 rx
ip macsec add m0 rx sci
ip macsec add m0 rx sci x
ip macsec add m0 rx sci 0x1234567890abcdef
ip macsec add m0 rx sci 1234567890abcdef
ip macsec add m0 rx sci 1234567890abcdef1
ip macsec add m0 rx port
ip macsec add m0 rx port 0
ip macsec add m0 rx port x
ip macsec add m0 rx port 5
ip macsec add m0 rx port 5 port 6
ip macsec add m0 rx port 5 sci 1
ip macsec add m0 rx port 5 foo
ip macsec add m0 rx port 5 address
ip macsec add m0 rx port 5 address x
ip macsec add m0 rx port 5 address 02:00:00:00:00:09
ip macsec add m0 rx address 02:00:00:00:00:0a
ip macsec add m0 rx address 02:00:00:00:00:0a address 02:00:00:00:00:0b
ip macsec add m0 rx address 02:00:00:00:00:0a foo
ip macsec add m0 rx address 02:00:00:00:00:0a sci 2
ip macsec add m0 rx address 02:00:00:00:00:0a port 5 off
ip macsec add m0 rx foo
ip macsec add m0 rx help
ip macsec add m0 rx sci 5 on off
ip macsec add m0 rx sci 6 foo
ip macsec add m0 rx sci 6 help
ip macsec add m0 rx sci 7 off foo
ip macsec add m0 rx sci 8 sa
ip macsec add m0 rx sci 8 sa 0
ip macsec add m0 rx sci 8 sa 0 pn 1 key 01 00112233445566778899aabbccddeeff
ip macsec add m0 rx sci 1234567890abcdef sa 0 pn 1 key 01 00112233445566778899aabbccddeeff
ip macsec add m0 rx sci 1234567890abcdef sa 0 pn 1 key 01 00112233445566778899aabbccddeeff
ip macsec add m0 rx sci 1234567890abcdef sa 1 pn 1 on key 01 00112233445566778899aabbccddeeff
ip macsec add m0 rx sci 1234567890abcdef on sa 2 pn 1 on key 01 00112233445566778899aabbccddeeff
ip macsec set m0 rx sci 1234567890abcdef off
ip macsec set m0 rx sci 1234567890abcdef
ip macsec set m0 rx sci 1234567890abcdef sa 0 off
ip macsec set m0 rx sci 1234567890abcdef sa 0 pn 9 on
ip macsec set m0 rx sci 1234567890abcdef sa 0 pn 9 foo
* ip macsec show m0
ip macsec delete m0 tx sa 0 foo bar
ip macsec delete m0 tx sa 1
ip macsec delete m0 tx sa 1
ip macsec delete m0 rx sci 1234567890abcdef sa 0
ip macsec set m0 rx sci 1234567890abcdef sa 0 off
ip macsec delete m0 rx sci 1234567890abcdef sa 0
ip macsec delete m0 rx sci 1234567890abcdef foo
ip macsec delete m0 rx sci 77
ip macsec delete m0 rx
ip macsec delete
ip macsec delete m0
ip macsec offload
ip macsec offload m0
ip macsec offload m0 x
ip macsec offload m0 of
ip macsec offload m0 off
ip macsec offload m0 off x
ip macsec offload m0 phy
ip macsec offload m0 mac
ip macsec offload nosuch off
ip macsec offload d0 off
ip macsec add d0 rx sci 1
ip macsec add d0 tx sa 0 pn 1 key 01 00112233445566778899aabbccddeeff
ip macsec sho
# Extended packet numbers.
! ip link add link d0 m1 type macsec port 7 cipher gcm-aes-xpn-128 encrypt on replay on window 5 validate check encodingsa 1
ip macsec add m1 tx sa 1 xpn 9 ssci 124 salt 001122334455667788990011 key 01 00112233445566778899aabbccddeeff
ip macsec add m1 tx sa 2 xpn 9 ssci 124 salt 0011 key 01 00112233445566778899aabbccddeeff
ip macsec add m1 tx sa 2 xpn 9 ssci 124 salt 0 key 01 00112233445566778899aabbccddeeff
ip macsec add m1 tx sa 2 pn 9 ssci 124 salt 001122334455667788990011 key 01 00112233445566778899aabbccddeeff
ip macsec add m1 tx sa 3 xpn 9 salt 001122334455667788990011 key 01 00112233445566778899aabbccddeeff
ip macsec add m1 tx sa 3 xpn 0xffffffffff ssci 0x124 salt 001122334455667788990011 key 01 00112233445566778899aabbccddeeff
ip macsec add m1 rx sci 99
ip macsec add m1 rx sci 99 sa 3 xpn 0xffffffffff ssci 0x124 salt 001122334455667788990011 key 01 00112233445566778899aabbccddeeff
ip macsec set m1 rx sci 99 sa 3 xpn 0xffffffffff1
ip macsec set m1 rx sci 99 sa 3 xpn 0xffffffffff1 ssci 0
* ip macsec show m1
* ip macsec show
# No error shows a key, whatever else it shows.
! ! for way in -hint "-hint -j"; do for line in "tx sa 0 pn 1 key 01 5ec2e75ec2e75ec2e75ec2e75ec2e7x" "tx sa 0 pn 1 key 01 5ec2e75ec2e75 on" "tx sa 0 pn 1 key 01 5ec2e75ec2e75ec2e75ec2e75ec2e75e foo" "tx sa 0 pn 1 kye 01 5ec2e75ec2e75ec2e75ec2e75ec2e75e" "tx sa 0 pn 1 key 01 5ec2e7" "tx sa 0 key 01 5ec2e75ec2e75ec2e75ec2e75ec2e75e" "tx sa 0 pn 1 key 5ec2e75ec2e75ec2e75ec2e75ec2e75e5e"; do ip $way macsec add m0 $line; ip $way macsec set m0 $line; ip $way macsec add nosuch $line; ip $way -nosuch macsec add m0 $line; ip $way macsce add m0 $line; done; done 2>&1 | grep 5ec2e7
# What is too long, or no whole MAC address, is not cut or padded.
ip macsec add m0 tx sa 3 pn 1 key 0102030405060708010203040506070801 00112233445566778899aabbccddeeff
=? 255
=2 Error: argument "<hidden>" is wrong: expected key id
ip macsec add m0 tx sa 3 pn 1 salt 00112233445566778899aabbcc key 01 00112233445566778899aabbccddeeff
=? 255
=2 Error: argument "00112233445566778899aabbcc" is wrong: expected salt
ip macsec add m0 rx port 5 address 02:00
=? 255
=2 Invalid address length 2 - must be 6 bytes
