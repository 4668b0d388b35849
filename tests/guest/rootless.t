# -rootless on other kernels: a pair, a ping, an end without a rest; and where Debian's setting forbids it. iproute2 has nothing like it,
# so each line must succeed.
@ guest
@ needs setpriv ping
! mount -t tmpfs -o mode=1777 tmpfs /tmp; chmod 755 /run; mkdir /run/s; cp -L $(command -v rip) /run/s/rip; chmod 755 /run/s
! u() { setpriv --reuid 65534 --regid 65534 --clear-groups /run/s/rip "$@"; }
! u -rootless netns add red && u -rootless netns add blue
! u -rootless -n red link add v0 type veth peer name v1 netns blue
! for n in 'red addr add 10.0.0.1/24 dev v0' 'red link set v0 up' 'blue addr add 10.0.0.2/24 dev v1' 'blue link set v1 up'; do u -rootless -n $n || exit 1; done
! u -rootless netns exec red ping -c1 -w9 10.0.0.2
! u -rootless link add d0 type dummy && u -rootless -n red link add vx type vxlan id 5 dstport 4789 remote 10.0.0.2 dev v0
! u -rootless -all netns delete && sleep 0.5 && [ -z "$(ls /tmp)" ]
! f=/proc/sys/kernel/unprivileged_userns_clone; [ ! -e $f ] || { echo 0 >$f; u -hint -rootless netns add x 2>/run/said; [ $? = 1 ] && grep -q 'hint: kernel.unprivileged_userns_clone is 0' /run/said; r=$?; echo 1 >$f; [ $r = 0 ]; }
! f=/proc/sys/user/max_user_namespaces; n=$(cat $f); echo 0 >$f; u -hint -rootless netns add x 2>/run/said; [ $? = 1 ] && grep -q 'hint: user.max_user_namespaces is 0' /run/said; r=$?; echo $n >$f; [ $r = 0 ]
