# TUN and TAP devices whose name is taken.
@ needs tun
@ explained
! ip link add d0 address 02:00:00:00:00:01 type veth peer name d1 address 02:00:00:00:00:02
! ip tuntap add t0 mode tun
! ip tuntap add p0 mode tap
ip tuntap add t0 mode tun
=e   ip tuntap add t0 mode tun
=e                 ^^
=e   hint: t0 is a tun device
ip tuntap add t0 mode tap
=e   ip tuntap add t0 mode tap
=e                 ^^
=e   hint: t0 is a tun device
ip tuntap del p0 mode tun
=e   ip tuntap del p0 mode tun
=e                 ^^
=e   hint: p0 is a tap device
ip tuntap add d0 mode tun
=e   ip tuntap add d0 mode tun
=e                 ^^
=e   hint: d0 exists and is neither tun nor tap
ip tuntap add averylongdevicename mode tun
=e   ip tuntap add averylongdevicename mode tun
=e                 ^^^^^^^^^^^^^^^^^^^
=e   hint: a device name has at most 15 bytes; this one has 19
ip tuntap add t1
=e   ip tuntap add t1
=e                    ^
=e   hint: missing: mode { tun | tap }
ip tuntap add t1 mode tun user nosuchuser
=e   ip tuntap add t1 mode tun user nosuchuser
=e                                  ^^^^^^^^^^
