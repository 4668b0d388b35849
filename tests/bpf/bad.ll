target triple = "bpf"
@_license = global [4 x i8] c"GPL\00", section "license", align 1
define i32 @bad(ptr %ctx) section "xdp" { %p = getelementptr i8, ptr %ctx, i64 4096
 %v = load i32, ptr %p
 ret i32 %v }
define i32 @good(ptr %ctx) section "xdp/ok" { ret i32 2 }
