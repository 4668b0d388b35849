# -rootless on other kernels: a pair, a ping, an end without a rest; and where Debian's setting forbids it. iproute2 has nothing like it,
# so each line must succeed. The guest of the newest kernel is a chroot, where every kernel forbids it: that must be said.
@ guest
@ needs setpriv ping
! chmod 755 /run; mkdir -m 700 /run/x; chown 65534:65534 /run/x; mkdir /run/s; cp -L $(command -v rip) /run/s/rip; chmod 755 /run/s
! u() { setpriv --reuid 65534 --regid 65534 --clear-groups env XDG_RUNTIME_DIR=/run/x /run/s/rip "$@"; }; r() { [ -e /run/no ] || u -rootless "$@"; }
! setpriv --reuid 65534 --regid 65534 --clear-groups unshare -U true || touch /run/no
! [ ! -e /run/no ] || u -hint -rootless netns add x 2>&1 | grep -q 'hint: the kernel refuses user namespaces to programs in a chroot'
! r netns add red && r netns add blue
! r -n red link add v0 type veth peer name v1 netns blue
! r -n red addr add 10.0.0.1/24 dev v0 && r -n red link set v0 up && r -n blue addr add 10.0.0.2/24 dev v1 && r -n blue link set v1 up
! r netns exec red ping -c1 -w9 10.0.0.2
! r link add d0 type dummy && r -n red link add vx type vxlan id 5 dstport 4789 remote 10.0.0.2 dev v0
! r -all netns delete && sleep 0.5 && [ -z "$(ls /run/x)" ]
! f=/proc/sys/kernel/unprivileged_userns_clone; [ -e /run/no ] || [ ! -e $f ] || { echo 0 >$f; u -hint -rootless netns add x 2>/run/said; [ $? = 1 ] && grep -q 'hint: kernel.unprivileged_userns_clone is 0' /run/said; r=$?; echo 1 >$f; [ $r = 0 ]; }
! f=/proc/sys/user/max_user_namespaces; n=$(cat $f); [ -e /run/no ] || { echo 0 >$f; u -hint -rootless netns add x 2>/run/said; [ $? = 1 ] && grep -q 'hint: user.max_user_namespaces is 0' /run/said; r=$?; echo $n >$f; [ $r = 0 ]; }
