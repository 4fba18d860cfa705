namespace Sampan.Api.Cel;

/// <summary>How functions and operators can be called, one way a line; a receiver stands before two dots.</summary>
internal static class CelSignatures
{
    private const string Table = """
        _==_(A, A) bool
        _!=_(A, A) bool
        !_(bool) bool
        -_(int) int
        -_(double) double
        _&&_(bool, bool) bool
        _||_(bool, bool) bool
        _?_:_(bool, A, A) A
        _[_](list(A), int) A
        _[_](map(A, B), A) B
        _[_](optional_type(list(A)), int) optional_type(A)
        _[_](optional_type(map(A, B)), A) optional_type(B)
        _[?_](list(A), int) optional_type(A)
        _[?_](map(A, B), A) optional_type(B)
        _[?_](optional_type(list(A)), int) optional_type(A)
        _[?_](optional_type(map(A, B)), A) optional_type(B)
        @in(A, list(A)) bool
        @in(A, map(A, B)) bool
        _+_(int, int) int
        _+_(uint, uint) uint
        _+_(double, double) double
        _+_(string, string) string
        _+_(bytes, bytes) bytes
        _+_(list(A), list(A)) list(A)
        _+_(duration, duration) duration
        _+_(timestamp, duration) timestamp
        _+_(duration, timestamp) timestamp
        _-_(int, int) int
        _-_(uint, uint) uint
        _-_(double, double) double
        _-_(duration, duration) duration
        _-_(timestamp, duration) timestamp
        _-_(timestamp, timestamp) duration
        _*_(int, int) int
        _*_(uint, uint) uint
        _*_(double, double) double
        _/_(int, int) int
        _/_(uint, uint) uint
        _/_(double, double) double
        _%_(int, int) int
        _%_(uint, uint) uint
        size(string) int
        size(bytes) int
        size(list(A)) int
        size(map(A, B)) int
        string..size() int
        bytes..size() int
        list(A)..size() int
        map(A, B)..size() int
        type(A) type(A)
        dyn(A) dyn
        bool(bool) bool
        bool(string) bool
        int(int) int
        int(uint) int
        int(double) int
        int(string) int
        int(timestamp) int
        uint(uint) uint
        uint(int) uint
        uint(double) uint
        uint(string) uint
        double(double) double
        double(int) double
        double(uint) double
        double(string) double
        string(string) string
        string(bool) string
        string(bytes) string
        string(int) string
        string(uint) string
        string(double) string
        string(timestamp) string
        string(duration) string
        bytes(bytes) bytes
        bytes(string) bytes
        duration(duration) duration
        duration(string) duration
        timestamp(timestamp) timestamp
        timestamp(string) timestamp
        optional.of(A) optional_type(A)
        optional.none() optional_type(A)
        optional_type(A)..hasValue() bool
        optional_type(A)..value() A
        optional_type(A)..orValue(A) A
        optional_type(A)..or(optional_type(A)) optional_type(A)
        string..contains(string) bool
        string..startsWith(string) bool
        string..endsWith(string) bool
        string..matches(string) bool
        string..find(string) string
        string..findAll(string) list(string)
        string..findAll(string, int) list(string)
        string..lowerAscii() string
        string..upperAscii() string
        string..trim() string
        string..replace(string, string) string
        string..replace(string, string, int) string
        string..split(string) list(string)
        string..split(string, int) list(string)
        string..substring(int) string
        string..substring(int, int) string
        string..charAt(int) string
        string..reverse() string
        list(string)..join() string
        list(string)..join(string) string
        string..indexOf(string) int
        string..lastIndexOf(string) int
        list(A)..indexOf(A) int
        list(A)..lastIndexOf(A) int
        list(A)..isSorted() bool
        list(A)..min() A
        list(A)..max() A
        list(int)..sum() int
        list(uint)..sum() uint
        list(double)..sum() double
        list(duration)..sum() duration
        sets.contains(list(A), list(A)) bool
        sets.intersects(list(A), list(A)) bool
        sets.equivalent(list(A), list(A)) bool
        quantity(string) kubernetes.Quantity
        isQuantity(string) bool
        semver(string) kubernetes.Semver
        semver(string, bool) kubernetes.Semver
        isSemver(string) bool
        isSemver(string, bool) bool
        kubernetes.Quantity..compareTo(kubernetes.Quantity) int
        kubernetes.Quantity..isGreaterThan(kubernetes.Quantity) bool
        kubernetes.Quantity..isLessThan(kubernetes.Quantity) bool
        kubernetes.Quantity..add(kubernetes.Quantity) kubernetes.Quantity
        kubernetes.Quantity..add(int) kubernetes.Quantity
        kubernetes.Quantity..sub(kubernetes.Quantity) kubernetes.Quantity
        kubernetes.Quantity..sub(int) kubernetes.Quantity
        kubernetes.Quantity..sign() int
        kubernetes.Quantity..isInteger() bool
        kubernetes.Quantity..asInteger() int
        kubernetes.Quantity..asApproximateFloat() double
        kubernetes.Semver..compareTo(kubernetes.Semver) int
        kubernetes.Semver..isGreaterThan(kubernetes.Semver) bool
        kubernetes.Semver..isLessThan(kubernetes.Semver) bool
        kubernetes.Semver..major() int
        kubernetes.Semver..minor() int
        kubernetes.Semver..patch() int
        string(net.IP) string
        string(net.CIDR) string
        string..format(list(dyn)) string
        strings.quote(string) string
        timestamp..getFullYear() int
        timestamp..getMonth() int
        timestamp..getDate() int
        timestamp..getDayOfMonth() int
        timestamp..getDayOfWeek() int
        timestamp..getDayOfYear() int
        timestamp..getHours() int
        timestamp..getMinutes() int
        timestamp..getSeconds() int
        timestamp..getMilliseconds() int
        timestamp..getFullYear(string) int
        timestamp..getMonth(string) int
        timestamp..getDate(string) int
        timestamp..getDayOfMonth(string) int
        timestamp..getDayOfWeek(string) int
        timestamp..getDayOfYear(string) int
        timestamp..getHours(string) int
        timestamp..getMinutes(string) int
        timestamp..getSeconds(string) int
        timestamp..getMilliseconds(string) int
        duration..getHours() int
        duration..getMinutes() int
        duration..getSeconds() int
        duration..getMilliseconds() int
        ip(string) net.IP
        isIP(string) bool
        ip.isCanonical(string) bool
        net.IP..family() int
        net.IP..isUnspecified() bool
        net.IP..isLoopback() bool
        net.IP..isLinkLocalMulticast() bool
        net.IP..isLinkLocalUnicast() bool
        net.IP..isGlobalUnicast() bool
        cidr(string) net.CIDR
        isCIDR(string) bool
        net.CIDR..ip() net.IP
        net.CIDR..masked() net.CIDR
        net.CIDR..prefixLength() int
        net.CIDR..containsIP(string) bool
        net.CIDR..containsIP(net.IP) bool
        net.CIDR..containsCIDR(string) bool
        net.CIDR..containsCIDR(net.CIDR) bool
        url(string) kubernetes.URL
        isURL(string) bool
        kubernetes.URL..getScheme() string
        kubernetes.URL..getHost() string
        kubernetes.URL..getHostname() string
        kubernetes.URL..getPort() string
        kubernetes.URL..getEscapedPath() string
        kubernetes.URL..getQuery() map(string, list(string))
        format.dns1123Label() kubernetes.NamedFormat
        format.dns1123Subdomain() kubernetes.NamedFormat
        format.dns1035Label() kubernetes.NamedFormat
        format.dns1123LabelPrefix() kubernetes.NamedFormat
        format.dns1123SubdomainPrefix() kubernetes.NamedFormat
        format.dns1035LabelPrefix() kubernetes.NamedFormat
        format.qualifiedName() kubernetes.NamedFormat
        format.labelValue() kubernetes.NamedFormat
        format.uri() kubernetes.NamedFormat
        format.uuid() kubernetes.NamedFormat
        format.byte() kubernetes.NamedFormat
        format.date() kubernetes.NamedFormat
        format.datetime() kubernetes.NamedFormat
        format.named(string) optional_type(kubernetes.NamedFormat)
        kubernetes.NamedFormat..validate(string) optional_type(list(string))
        """;

    private static readonly string[] Ordered = ["bool", "int", "uint", "double", "string", "bytes", "timestamp", "duration"];
    private static readonly string[] Numbers = ["int", "uint", "double"];

    private static readonly ILookup<(string Name, bool IsMember), CelSignature> All = Table.Split('\n').Select(CelSignature.Parse).Concat(Orders())
        .ToLookup(signature => (signature.Name, signature.IsMember));

    public static IEnumerable<CelSignature> Of(string name, bool isMember) => All[(name, isMember)];

    // Whatever has an order can be compared with its like, and numbers with each other.
    private static IEnumerable<CelSignature> Orders()
    {
        foreach (var symbol in new[] { "<", "<=", ">", ">=" })
        {
            foreach (var left in Ordered)
            {
                foreach (var right in Numbers.Contains(left) ? Numbers : [left]) yield return CelSignature.Parse($"_{symbol}_({left}, {right}) bool");
            }
        }
    }
}
