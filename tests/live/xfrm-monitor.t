# Events of IPsec policies and states.
@ needs jq
@ also user
ip xfrm monitor foo
ip xfrm monitor al foo
ip xfrm monitor file
ip xfrm monitor file /nosuch
! printf '%s\n' 'xfrm policy add src 10.0.0.1 dir out tmpl proto esp' 'xfrm policy update src 10.0.0.1 dir out priority 4 tmpl proto esp' 'xfrm policy delete src 10.0.0.1 dir out' 'xfrm policy add src 10.0.0.2 dir out mark 5 if_id 3' 'xfrm policy flush' 'xfrm policy setdefault in block' 'xfrm policy setdefault in accept' 'xfrm state allocspi src 10.0.0.1 dst 10.0.0.4 proto esp min 256 max 256' 'xfrm state flush' >/run/make
ip xfrm monitor & sleep 0.5; ip -batch /run/make >/dev/null; sleep 0.5; kill -TERM $!; wait $!; echo $?
ip -o xfrm monitor policy & sleep 0.5; ip -batch /run/make >/dev/null; sleep 0.5; kill -TERM $!; wait $!
ip xfrm monitor all-nsid SA nokeys & sleep 0.5; ip -batch /run/make >/dev/null; sleep 0.5; kill -TERM $!; wait $!
ip xfrm monitor expire & sleep 0.5; ip xfrm policy add dir in limit time-soft 1 limit time-hard 2; sleep 2.8; kill -TERM $!; wait $!
{ (ip -j xfrm monitor >/run/json & sleep 0.5; ip -batch /run/make >/dev/null; sleep 0.5; kill -TERM $!); jq -c '[.event,.object,.dir]' /run/json
= ["new","xfrm-policy","out"]
= ["update","xfrm-policy","out"]
= ["del","xfrm-policy","out"]
= ["new","xfrm-policy","out"]
= ["flush","xfrm-policy",null]
= ["default","xfrm-policy",null]
= ["default","xfrm-policy",null]
= ["flush","xfrm-state",null]
