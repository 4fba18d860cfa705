using Sampan.Kubelet.Topology;

namespace Sampan.Kubelet.Cpus;

/// <summary>What cpuManagerPolicyOptions say.</summary>
/// <param name="IsFullCoresOnly">Containers get whole cores or nothing.</param>
/// <param name="IsReservationStrict">Nobody runs on reserved processors, not even who shares.</param>
/// <param name="IsSpread">Who needs several NUMA nodes gets as many processors of each.</param>
/// <param name="IsCacheAligned">Processors of one container share a last-level cache where they can.</param>
internal sealed record CpuOptions(bool IsFullCoresOnly = false, bool IsReservationStrict = false, bool IsSpread = false, bool IsCacheAligned = false)
{
    public const string FullCoresOnly = "full-pcpus-only";
    public const string StrictReservation = "strict-cpu-reservation";
    public const string Spread = "distribute-cpus-across-numa";
    public const string CacheAligned = "prefer-align-cpus-by-uncorecache";

    /// <summary>Those that are on without a feature gate.</summary>
    public static readonly IReadOnlyList<string> Names = [FullCoresOnly, StrictReservation, Spread, CacheAligned];

    public static readonly IReadOnlyList<string> Alpha = ["align-by-socket", "distribute-cpus-across-cores"];

    public static CpuOptions From(IReadOnlyDictionary<string, string> options) => new(
        PolicyOption.IsOn(options, FullCoresOnly), PolicyOption.IsOn(options, StrictReservation),
        PolicyOption.IsOn(options, Spread), PolicyOption.IsOn(options, CacheAligned));

    /// <summary>Who gives nobody processors of their own has nothing to choose.</summary>
    public static IEnumerable<string> Problems(string policy, IReadOnlyDictionary<string, string> options) => policy == "none" && options.Count > 0
        ? [$"new none policy error: None policy: received unsupported options=map[{string.Join(' ', options.OrderBy(o => o.Key, StringComparer.Ordinal).Select(o => $"{o.Key}:{o.Value}"))}]"]
        : [.. options.Select(Problem).OfType<string>(), .. Conflicts(From(options))];

    /// <summary>Who keeps the processors of a container below one cache cannot spread them over nodes.</summary>
    private static IEnumerable<string> Conflicts(CpuOptions options) => options is { IsCacheAligned: true, IsSpread: true }
        ? [$"static policy options {CacheAligned} and {Spread} can not be used at the same time"]
        : [];

    private static string? Problem(KeyValuePair<string, string> option) => option.Key switch
    {
        var name when Alpha.Contains(name) => $"CPU Manager Policy Alpha-level Options not enabled, but option \"{name}\" provided",
        var name when !Names.Contains(name) => $"unknown CPU Manager Policy option: \"{name}\"",
        _ => PolicyOption.Problem(option.Key, option.Value),
    };
}
