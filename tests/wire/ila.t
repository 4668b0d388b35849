# Mappings of identifier-locator addressing.
@ stand-in ila
< ila 3 1=0005000600070008 3=0001000200030004 4=00000000 7=02 8=20
< ila 3 1=00050006000700ff 3=ffffabcd00030004 4=01000000 7=00 8=01
< ila 3 1=0005000600070008 3=0001000200030004 4=00000000 7=01 8=00
< ila 3 1=0005000600070008 3=0001000200030004 4=00000000 7=03 8=02
< ila 3 1=0005000600070008 3=0001000200030004 4=00000000 7=04 8=03
< ila 3 1=0005000600070008 3=0001000200030004 4=00000000 7=02 8=04
< ila 3 1=0005000600070008 3=0001000200030004 4=00000000 7=02 8=05
< ila 3 1=0005000600070008 3=0001000200030004 4=00000000 7=02 8=06
< ila 3 1=0005000600070008
< ila 3 3=0005000600070008 7=01
ip ila add loc_match 1:2:3:4 loc 5:6:7:8
ip ila add loc_match 1:2:3 loc 5:6:7:8
> NETLINK_GENERIC:ila 5 01010000 1=0005000600070008 3=0001000200030000
# In ip, the groups that are missing are what was on the stack.
ip ila add loc_match 1:2:3:4 loc 1
> NETLINK_GENERIC:ila 5 01010000 1=0001000000000000 3=0001000200030004
ip ila add loc_match 0x1:+2:3:4 loc FFFF:abcd:0003:4
ip ila add loc_match 1:2:3:4 loc 5:6:7:8 csum-mode adj-transport ident-type luid dev lo
ip ila add loc_match 1:2:3:4 loc 5:6:7:8 csum-mode neutral-map ident-type use-format
ip ila add loc_match 1:2:3:4 loc 5:6:7:8 csum-mode neutral-map-auto
ip ila add loc_match 1:2:3:4 loc 5:6:7:8 csum-mode no-action
ip ila add l 6:2:3:4 loc_ 5:6:7:8 loc 7:2:3:4 c no-action i luid d lo
ip ila del loc_match 1:2:3:4
ip ila delete loc_match 1:2:3:4 loc 5:6:7:8 csum-mode neutral-map ident-type use-format dev lo
? ip ila list
o ip ila list
o ip ila show
o ip ila lst
o ip -o ila list
o ip -s -d ila list
o ip -j ila list
o ip -j -p ila list
o ip -c=always ila list
o ip ila list x
o ip ila
o ip ila foo
o ip ila he
o ip ila add help
o ip ila add foo
o ip ila add loc
# ip sends half of the request all the same: a mapping of 0:0:0:0.
ip ila add loc 1:2:3:4
>
o ip ila add loc 1:2:3:4
> error ila: missing locator0match
> exit 255
o ip ila add loc_match 1:2:3:4
> error ila: missing locator
> exit 255
o ip ila add
> error ila: missing locator
> exit 255
o ip ila del loc 1:2:3:4
> error ila: missing locator0match
> exit 255
o ip ila add loc_match 1:2:3:4:5 loc 1
> error Bad locator to match: 1:2:3:4:5
> exit 255
o ip ila add loc_match 1:2:3: loc 1
> error Bad locator to match: 1:2:3:
> exit 255
o ip ila add loc 10000
> error Bad locator: 10000
> exit 255
o ip ila add loc 1::2
> error Bad locator: 1::2
> exit 255
o ip ila add csum-mode no
> error Bad csum-mode: no
> exit 255
o ip ila add ident-type iid
> error Bad ident-type: iid
> exit 255
o ip ila del dev nosuch
> error No such interface: nosuch
> exit 255
