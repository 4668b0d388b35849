# /run/netns missing, not a directory, not ours, mounted by another tool; names that another tool made.
! umount -l /run/netns 2>/dev/null; rmdir /run/netns 2>/dev/null; touch /run/netns
ip netns add x
ip netns del x
ip netns list
! rm /run/netns; ln -s /nowhere /run/netns
ip netns add x
ip netns del x
! rm /run/netns; mkdir /run/elsewhere; ln -s elsewhere /run/netns
ip netns add x; ls /run/elsewhere; grep -c /run/elsewhere /proc/self/mountinfo
ip netns del x
! umount -l /run/elsewhere; rm /run/netns; mkdir /run/netns; mount -t tmpfs -o ro tmpfs /run/netns
ip netns add x
ip netns del x
! umount -l /run/netns; mount -t tmpfs tmpfs /run/netns
ip netns add x; grep /run/netns /proc/self/mountinfo | grep -c shared
ip netns del x
! umount -l /run/netns; mount --bind /run/netns /run/netns; mount --make-slave /run/netns
ip netns add x; grep -c /run/netns /proc/self/mountinfo
ip netns del x
! umount -l /run/netns; touch /run/netns/x
ip netns add x
ip netns del x
! touch /run/netns/x; mount --bind /proc/self/ns/net /run/netns/x
ip netns add x
ip netns exec x true; ip netns identify | sort | head -1
ip netns del x
! ln -s /proc/self/ns/net /run/netns/x
ip netns add x
ip netns exec x true
ip netns del x; ls /run/netns
# Names in other mount namespaces.
! unshare -m --propagation unchanged sleep 20 & sleep 0.5
ip netns add y; nsenter -t $! -m ls /run/netns
ip netns del y; nsenter -t $! -m ls /run/netns; kill $!
