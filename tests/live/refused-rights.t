# Not permitted: for an ordinary user, for root without the right, for root of a user namespace; and for another reason.
@ needs root setpriv chattr
@ explained
! ip netns add a
setpriv --reuid 65534 --regid 65534 --clear-groups ip $HINT link add x type bridge
=e   hint: this needs root, or CAP_NET_ADMIN; "unshare -rn" gives a network of one's own to try things in
setpriv --reuid 65534 --regid 65534 --clear-groups ip $HINT -n a link
=e   ip -n a link
=e         ^
=e   hint: this needs root, or CAP_SYS_ADMIN; "unshare -rn" gives a network of one's own to try things in
setpriv --bounding-set -net_admin --inh-caps -net_admin ip $HINT link add x type bridge
=e   hint: root lacks CAP_NET_ADMIN here, as in a container that was not given it
unshare -r ip $HINT link add x type bridge
=e   hint: this network is outside of the user namespace; "unshare -rn" makes both
! unshare -rn ip link add x type bridge
# Files that are closed to an ordinary user: another reason.
! echo 'link show lo' >/run/secret; chmod 600 /run/secret; echo '#' >/run/plain; chmod 644 /run/plain
setpriv --reuid 65534 --regid 65534 --clear-groups ip $HINT -b /run/secret
ip netns exec a /run/plain
=e   ip netns exec a /run/plain
=e                   ^^^^^^^^^^
# Root with every right, refused by a file.
! touch /run/netns/f && chattr +i /run/netns/f
ip netns del f
=e   ip netns del f
=e                ^
! chattr -i /run/netns/f
