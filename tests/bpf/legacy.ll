target datalayout = "e-m:e-p:64:64-i64:64-i128:128-n32:64-S128"
target triple = "bpf"
; struct bpf_map_def { type, key_size, value_size, max_entries, map_flags }, as before libbpf 1.0.
%def = type { i32, i32, i32, i32, i32 }
@counts = dso_local global %def { i32 2, i32 4, i32 8, i32 4, i32 0 }, section "maps", align 4
@_license = dso_local global [4 x i8] c"GPL\00", section "license", align 1
define dso_local i32 @count(ptr %ctx) section "xdp" {
  %key = alloca i32, align 4
  store i32 1, ptr %key, align 4
  %v = call ptr inttoptr (i64 1 to ptr)(ptr @counts, ptr %key)
  ret i32 2
}
