# Namespaces and TUN devices that are there, or not.
@ explained
! ip link add d0 address 02:00:00:00:00:01 type veth peer name d1 address 02:00:00:00:00:02
! ip netns add blue
! ip netns add green
! ip netns set blue 5
ip netns add blue
=e   ip netns add blue
=e                ^^^^
ip netns del bleu
=e   ip netns del bleu
=e                ^^^^
=e   hint: did you mean "blue"?
ip netns del red
=e   ip netns del red
=e                ^^^
=e   hint: existing namespaces: blue, green
ip netns exec bluee true
=e   ip netns exec bluee true
=e                 ^^^^^
=e   hint: did you mean "blue"?
ip netns exec red true
=e   ip netns exec red true
=e                 ^^^
=e   hint: existing namespaces: blue, green
ip -n gren link
=e   ip -n gren link
=e         ^^^^
=e   hint: did you mean "green"?
ip netns pids blu
=e   ip netns pids blu
=e                 ^^^
=e   hint: did you mean "blue"?
ip link set d0 netns bluw
=e   ip link set d0 netns bluw
=e                        ^^^^
=e   hint: did you mean "blue"?
ip link set d0 netns red
=e   ip link set d0 netns red
=e                        ^^^
=e   hint: existing namespaces: blue, green
ip netns set grene 7
=2 Cannot open network namespace "grene": No such file or directory
=? 1
=e   ip netns set grene 7
=2 Cannot open network namespace "grene": No such file or directory
=? 1
=e                ^^^^^
=e   hint: did you mean "green"?
ip netns set green 5
=e   ip netns set green 5
=e                      ^
=e   hint: 5 is the id of "blue"
ip netns set blue 6
=e   ip netns set blue 6
=e                     ^
=e   hint: "blue" has the id 5
ip netns exec blue nosuchprogram
=e   ip netns exec blue nosuchprogram
=e                      ^^^^^^^^^^^^^
ip netns add a/b
=e   ip netns add a/b
=e                ^^^
