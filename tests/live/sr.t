# IPv6 segment routing: HMAC keys, whose secrets are asked for, and the source of tunnels.
@ needs jq
ip sr
ip sr help
ip sr foo
ip sr hmac
ip sr hmac foo
ip sr hmac help
ip sr hmac show x
ip -j sr hmac show
ip sr hmac set
ip sr hmac set 0
ip sr hmac set x
ip sr hmac set 1
ip sr hmac set 1 md5
ip sr hmac set 0 md5
ip sr hmac set help
echo | setsid -w ip sr hmac set 1 sha256
echo topsecret | setsid -w ip sr hmac set 1 sha256
printf 'a"b\\c\n' | setsid -w ip sr hm s 0x2 sha1 foo
printf unfinished | setsid -w ip sr hmac set 3 sha1
setsid -w ip sr hmac set 9 sha1 </dev/null
ip sr hmac show | sort
ip -o sr hmac show | sort
ip -c sr hmac show | sort
ip -j sr hmac show | jq -cS 'sort_by(.hmac)'
echo | setsid -w ip sr hmac set 1 sha256
ip sr hmac show | sort
head -c 64 /dev/zero | tr '\0' b | setsid -w ip sr hmac set 1 sha256
head -c 65 /dev/zero | tr '\0' b | setsid -w ip sr hmac set 1 sha256
head -c 70 /dev/zero | tr '\0' b | setsid -w ip sr hmac set 1 sha256
! for id in 1 2 3; do case $id in 1) algo=sha256 ;; *) algo=sha1 ;; esac; [ $id = 1 ] || echo | setsid -w ip sr hmac set $id $algo 2>/dev/null; done
ip sr hmac show
= hmac 1 algo sha256 secret "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
echo | setsid -w ip sr hmac set 1 sha256
echo short | setsid -w ip sr hmac set 1 sha256
* ip sr hmac show
ip sr tunsrc
ip sr tunsrc foo
ip sr tunsrc show
ip sr tunsrc set
ip sr tunsrc set x
ip sr tunsrc set help
ip sr tunsrc set 10.0.0.1
ip sr tunsrc set 2001:db8::1 foo
* ip sr tunsrc show
ip sr tunsrc s x
ip sr tunsrc set default
ip sr tunsrc show
ip sr tunsrc set any
ip -4 sr tunsrc set ::5
ip -4 sr tunsrc show
