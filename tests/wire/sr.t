# IPv6 segment routing.
ip sr tunsrc set 2001:db8::1
ip sr tunsrc set default
ip sr tunsrc set any
ip sr tunsrc show
? ip sr hmac show
