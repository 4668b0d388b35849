target triple = "bpf"
@_license = global [4 x i8] c"GPL\00", section "license", align 1
define i32 @pass(ptr %ctx) section "xdp" { ret i32 2 }
define i32 @drop(ptr %ctx) section "prog" { ret i32 1 }
define i32 @other(ptr %ctx) section "xdp" { ret i32 3 }
