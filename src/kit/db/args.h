/* DB_ARGS(...) for 1 to 32 values; included by db.h only. */
#ifndef ZONALE_KIT_DB_ARGS_H
#define ZONALE_KIT_DB_ARGS_H

/* clang-format off */
#define DB_MAP_1(a)       DB_ARG(a)
#define DB_MAP_2(a, ...) DB_ARG(a), DB_MAP_1(__VA_ARGS__)
#define DB_MAP_3(a, ...) DB_ARG(a), DB_MAP_2(__VA_ARGS__)
#define DB_MAP_4(a, ...) DB_ARG(a), DB_MAP_3(__VA_ARGS__)
#define DB_MAP_5(a, ...) DB_ARG(a), DB_MAP_4(__VA_ARGS__)
#define DB_MAP_6(a, ...) DB_ARG(a), DB_MAP_5(__VA_ARGS__)
#define DB_MAP_7(a, ...) DB_ARG(a), DB_MAP_6(__VA_ARGS__)
#define DB_MAP_8(a, ...) DB_ARG(a), DB_MAP_7(__VA_ARGS__)
#define DB_MAP_9(a, ...) DB_ARG(a), DB_MAP_8(__VA_ARGS__)
#define DB_MAP_10(a, ...) DB_ARG(a), DB_MAP_9(__VA_ARGS__)
#define DB_MAP_11(a, ...) DB_ARG(a), DB_MAP_10(__VA_ARGS__)
#define DB_MAP_12(a, ...) DB_ARG(a), DB_MAP_11(__VA_ARGS__)
#define DB_MAP_13(a, ...) DB_ARG(a), DB_MAP_12(__VA_ARGS__)
#define DB_MAP_14(a, ...) DB_ARG(a), DB_MAP_13(__VA_ARGS__)
#define DB_MAP_15(a, ...) DB_ARG(a), DB_MAP_14(__VA_ARGS__)
#define DB_MAP_16(a, ...) DB_ARG(a), DB_MAP_15(__VA_ARGS__)
#define DB_MAP_17(a, ...) DB_ARG(a), DB_MAP_16(__VA_ARGS__)
#define DB_MAP_18(a, ...) DB_ARG(a), DB_MAP_17(__VA_ARGS__)
#define DB_MAP_19(a, ...) DB_ARG(a), DB_MAP_18(__VA_ARGS__)
#define DB_MAP_20(a, ...) DB_ARG(a), DB_MAP_19(__VA_ARGS__)
#define DB_MAP_21(a, ...) DB_ARG(a), DB_MAP_20(__VA_ARGS__)
#define DB_MAP_22(a, ...) DB_ARG(a), DB_MAP_21(__VA_ARGS__)
#define DB_MAP_23(a, ...) DB_ARG(a), DB_MAP_22(__VA_ARGS__)
#define DB_MAP_24(a, ...) DB_ARG(a), DB_MAP_23(__VA_ARGS__)
#define DB_MAP_25(a, ...) DB_ARG(a), DB_MAP_24(__VA_ARGS__)
#define DB_MAP_26(a, ...) DB_ARG(a), DB_MAP_25(__VA_ARGS__)
#define DB_MAP_27(a, ...) DB_ARG(a), DB_MAP_26(__VA_ARGS__)
#define DB_MAP_28(a, ...) DB_ARG(a), DB_MAP_27(__VA_ARGS__)
#define DB_MAP_29(a, ...) DB_ARG(a), DB_MAP_28(__VA_ARGS__)
#define DB_MAP_30(a, ...) DB_ARG(a), DB_MAP_29(__VA_ARGS__)
#define DB_MAP_31(a, ...) DB_ARG(a), DB_MAP_30(__VA_ARGS__)
#define DB_MAP_32(a, ...) DB_ARG(a), DB_MAP_31(__VA_ARGS__)
#define DB_PICK(_1, _2, _3, _4, _5, _6, _7, _8, _9, _10, _11, _12, _13, _14, _15, _16, _17, _18, _19, _20, _21, _22, _23, _24, _25, _26, _27, _28, _29, _30, _31, _32, name, ...) name
#define DB_COUNT(...) \
    DB_PICK(__VA_ARGS__, 32, 31, 30, 29, 28, 27, 26, 25, 24, 23, 22, 21, 20, 19, 18, 17, 16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0)
#define DB_JOIN_(a, b) a##b
#define DB_JOIN(a, b) DB_JOIN_(a, b)
#define DB_MAP(count, ...) DB_JOIN(DB_MAP_, count)(__VA_ARGS__)
#define DB_ARGS(...) \
    ((struct db_args){(const struct db_arg[]){DB_MAP(DB_COUNT(__VA_ARGS__), __VA_ARGS__)}, \
                      DB_COUNT(__VA_ARGS__)})
/* clang-format on */

#endif
