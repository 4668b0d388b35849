# MACsec: made, changed, shown, refused and removed.
@ guest
! echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6
! ip link add d0 address 02:00:00:00:00:01 type dummy
! ip link add d1 address 02:00:00:00:00:02 type dummy
! ip link set d0 up
# macsec
ip link add link d0 m0 type macsec
* ip link show m0
ip -d -j -p link show m0
ip link set m0 type macsec encrypt on
ip -d link show m0
ip -d -j link show m0
ip link set m0 type macsec protect off
ip -d link show m0
ip -d -j link show m0
ip link set m0 type macsec validate check
ip -d link show m0
ip -d -j link show m0
ip link set m0 type macsec send_sci off
ip -d link show m0
ip -d -j link show m0
ip link set m0 type macsec send_sci off end_station on
ip -d link show m0
ip -d -j link show m0
ip link set m0 type macsec scb on
ip -d link show m0
ip -d -j link show m0
ip link set m0 type macsec replay on window 7
ip -d link show m0
ip -d -j link show m0
ip link set m0 type macsec replay off
ip -d link show m0
ip -d -j link show m0
ip link set m0 type macsec encodingsa 2
ip -d link show m0
ip -d -j link show m0
ip link set m0 type macsec icvlen 16
ip -d link show m0
ip -d -j link show m0
ip link set m0 type macsec cipher gcm-aes-256
ip -d link show m0
ip -d -j link show m0
ip link set m0 type macsec cipher default
ip -d link show m0
ip -d -j link show m0
ip link set m0 type macsec offload off
ip -d link show m0
ip -d -j link show m0
ip link set m0 type macsec offload mac
ip -d link show m0
ip -d -j link show m0
ip link set m0 type macsec port 9
ip -d link show m0
ip -d -j link show m0
ip link set m0 type macsec sci 5
ip -d link show m0
ip -d -j link show m0
ip link set m0 type macsec nosuch
ip -d link show m0
ip -d -j link show m0
ip link set m0 type macsec encrypt x
ip -d link show m0
ip -d -j link show m0
ip link set m0 type macsec
ip -br link show type macsec
ip link add link d0 x0 type macsec sci
ip link add link d0 x0 type macsec sci x
ip link add link d0 x0 type macsec sci 11223344556677889
ip link add link d0 x0 type macsec port 0
ip link add link d0 x0 type macsec port 65536
ip link add link d0 x0 type macsec port x
ip link add link d0 x0 type macsec address x
ip link add link d0 x0 type macsec sci 1 port 2
ip link add link d0 x0 type macsec encrypt on port 5
ip link add link d0 x0 type macsec cipher x
ip link add link d0 x0 type macsec cipher Gcm-aes-128
ip link add link d0 x0 type macsec icvlen 7
ip link add link d0 x0 type macsec icvlen 17
ip link add link d0 x0 type macsec icvlen x
ip link add link d0 x0 type macsec encrypt
ip link add link d0 x0 type macsec encrypt x
ip link add link d0 x0 type macsec send_sci 1
ip link add link d0 x0 type macsec replay on
ip link add link d0 x0 type macsec window 5
ip link add link d0 x0 type macsec window x
ip link add link d0 x0 type macsec validate x
ip link add link d0 x0 type macsec encodingsa 4
ip link add link d0 x0 type macsec encodingsa x
ip link add link d0 x0 type macsec offload x
ip link add link d0 x0 type macsec send_sci on scb on
ip link add link d0 x0 type macsec foo
ip link add link d0 x0 type macsec enc on
ip link add link d0 x0 type macsec replay on window
ip link add link d0 m0 type macsec
ip link del m0
ip link del m0 type macsec
# macsec
ip link add link d0 m1 type macsec port 7 cipher gcm-aes-xpn-128 encrypt on replay on window 0 validate disabled encodingsa 1
ip -d link show m1
ip -d -j -p link show m1
ip link set m1 type macsec
ip -br link show type macsec
ip link add link d0 m1 type macsec port 7 cipher gcm-aes-xpn-128 encrypt on replay on window 0 validate disabled encodingsa 1
ip link del m1
ip link del m1 type macsec
# macsec
ip link add link d0 m2 type macsec sci 0011223344556677 icvlen 8 cipher default protect off scb off send_sci on
ip -d link show m2
ip -d -j -p link show m2
ip link set m2 type macsec
ip -br link show type macsec
ip link add link d0 m2 type macsec sci 0011223344556677 icvlen 8 cipher default protect off scb off send_sci on
ip link del m2
ip link del m2 type macsec
# macsec
ip link add link d0 m3 type macsec address 02:00:00:00:00:07 port 3
ip -d link show m3
ip -d -j -p link show m3
ip link set m3 type macsec
ip -br link show type macsec
ip link add link d0 m3 type macsec address 02:00:00:00:00:07 port 3
ip link del m3
ip link del m3 type macsec
ip link add m4 type macsec
