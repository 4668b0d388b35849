! ip netns add a
! ip netns add b
ip netns set a 5
ip netns set b auto
ip netns list-id
ip netns list-id nsid 5
ip netns list-id target-nsid 5
