# Not permitted: for an ordinary user, for root without the right, for root of a user namespace; and for another reason.
@ needs root setpriv chattr
@ explained
! ip netns add a
setpriv --reuid 65534 --regid 65534 --clear-groups ip $HINT link add x type bridge
=e   hint: needs root or CAP_NET_ADMIN; "rip -rootless COMMAND" works as an ordinary user, in namespaces of your own
setpriv --reuid 65534 --regid 65534 --clear-groups ip $HINT -n a link
=e   ip -n a link
=e         ^
=e   hint: needs root or CAP_SYS_ADMIN; "rip -rootless COMMAND" works as an ordinary user, in namespaces of your own
setpriv --bounding-set -net_admin --inh-caps -net_admin ip $HINT link add x type bridge
=e   hint: root does not have CAP_NET_ADMIN here: the container was started without it
unshare -r ip $HINT link add x type bridge
=e   hint: this network namespace belongs to another user namespace; "unshare -rn" opens one of your own
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
