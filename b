link del br0
link set nosuch up
