target datalayout = "e-m:e-p:64:64-i64:64-i128:128-n32:64-S128"
target triple = "bpf"
; struct { int (*type)[2]; int *key; long *value; int (*max_entries)[4]; } counts SEC(".maps"): BPF_MAP_TYPE_ARRAY with four values.
%struct.anon = type { ptr, ptr, ptr, ptr }
@counts = dso_local global %struct.anon zeroinitializer, section ".maps", align 8, !dbg !0
@seen = dso_local global i64 0, align 8, !dbg !40
@limit = dso_local constant i64 7, section ".rodata", align 8, !dbg !42
@_license = dso_local global [4 x i8] c"GPL\00", section "license", align 1, !dbg !44

define dso_local i32 @count(ptr %ctx) section "xdp" !dbg !30 {
  %key = alloca i32, align 4
  store i32 1, ptr %key, align 4, !dbg !35
  %v = call ptr inttoptr (i64 1 to ptr)(ptr @counts, ptr %key), !dbg !35
  %none = icmp eq ptr %v, null, !dbg !35
  br i1 %none, label %end, label %add, !dbg !35
add:
  %limit = load volatile i64, ptr @limit, align 8, !dbg !35
  %n = load i64, ptr %v, align 8, !dbg !35
  %m = add i64 %n, %limit, !dbg !35
  store i64 %m, ptr %v, align 8, !dbg !35
  store volatile i64 %m, ptr @seen, align 8, !dbg !35
  br label %end, !dbg !35
end:
  ret i32 2, !dbg !35
}

!llvm.dbg.cu = !{!2}
!llvm.module.flags = !{!5, !6, !7}
!0 = !DIGlobalVariableExpression(var: !1, expr: !DIExpression())
!1 = distinct !DIGlobalVariable(name: "counts", scope: !2, file: !3, line: 3, type: !8, isLocal: false, isDefinition: true)
!2 = distinct !DICompileUnit(language: DW_LANG_C99, file: !3, producer: "hand", isOptimized: true, runtimeVersion: 0, emissionKind: FullDebug, globals: !4)
!3 = !DIFile(filename: "maps.c", directory: "/tmp")
!4 = !{!0, !40, !42, !44}
!5 = !{i32 7, !"Dwarf Version", i32 5}
!6 = !{i32 2, !"Debug Info Version", i32 3}
!7 = !{i32 1, !"wchar_size", i32 4}
!8 = distinct !DICompositeType(tag: DW_TAG_structure_type, file: !3, line: 3, size: 256, elements: !9)
!9 = !{!10, !11, !12, !13}
!10 = !DIDerivedType(tag: DW_TAG_member, name: "type", scope: !8, file: !3, line: 3, baseType: !14, size: 64)
!11 = !DIDerivedType(tag: DW_TAG_member, name: "key", scope: !8, file: !3, line: 3, baseType: !15, size: 64, offset: 64)
!12 = !DIDerivedType(tag: DW_TAG_member, name: "value", scope: !8, file: !3, line: 3, baseType: !16, size: 64, offset: 128)
!13 = !DIDerivedType(tag: DW_TAG_member, name: "max_entries", scope: !8, file: !3, line: 3, baseType: !17, size: 64, offset: 192)
!14 = !DIDerivedType(tag: DW_TAG_pointer_type, baseType: !18, size: 64)
!15 = !DIDerivedType(tag: DW_TAG_pointer_type, baseType: !20, size: 64)
!16 = !DIDerivedType(tag: DW_TAG_pointer_type, baseType: !21, size: 64)
!17 = !DIDerivedType(tag: DW_TAG_pointer_type, baseType: !19, size: 64)
!18 = !DICompositeType(tag: DW_TAG_array_type, baseType: !20, size: 64, elements: !22)
!19 = !DICompositeType(tag: DW_TAG_array_type, baseType: !20, size: 128, elements: !23)
!20 = !DIBasicType(name: "int", size: 32, encoding: DW_ATE_signed)
!21 = !DIBasicType(name: "long", size: 64, encoding: DW_ATE_signed)
!22 = !{!24}
!23 = !{!25}
!24 = !DISubrange(count: 2)
!25 = !DISubrange(count: 4)
!30 = distinct !DISubprogram(name: "count", scope: !3, file: !3, line: 9, type: !31, scopeLine: 9, flags: DIFlagPrototyped | DIFlagAllCallsDescribed, spFlags: DISPFlagDefinition | DISPFlagOptimized, unit: !2, retainedNodes: !34)
!31 = !DISubroutineType(types: !32)
!32 = !{!20, !33}
!33 = !DIDerivedType(tag: DW_TAG_pointer_type, baseType: null, size: 64)
!34 = !{!36}
!36 = !DILocalVariable(name: "ctx", arg: 1, scope: !30, file: !3, line: 9, type: !33)
!35 = !DILocation(line: 10, column: 3, scope: !30)
!40 = !DIGlobalVariableExpression(var: !41, expr: !DIExpression())
!41 = distinct !DIGlobalVariable(name: "seen", scope: !2, file: !3, line: 5, type: !21, isLocal: false, isDefinition: true)
!42 = !DIGlobalVariableExpression(var: !43, expr: !DIExpression())
!43 = distinct !DIGlobalVariable(name: "limit", scope: !2, file: !3, line: 6, type: !46, isLocal: false, isDefinition: true)
!44 = !DIGlobalVariableExpression(var: !45, expr: !DIExpression())
!45 = distinct !DIGlobalVariable(name: "_license", scope: !2, file: !3, line: 7, type: !47, isLocal: false, isDefinition: true)
!46 = !DIDerivedType(tag: DW_TAG_const_type, baseType: !21)
!47 = !DICompositeType(tag: DW_TAG_array_type, baseType: !48, size: 32, elements: !23)
!48 = !DIBasicType(name: "char", size: 8, encoding: DW_ATE_signed_char)
