namespace Sampan.Kubelet.Cpus;

/// <summary>What cpuManagerPolicyOptions say.</summary>
/// <param name="IsFullCoresOnly">Containers get whole cores or nothing.</param>
/// <param name="IsReservationStrict">Nobody runs on reserved processors, not even who shares.</param>
internal sealed record CpuOptions(bool IsFullCoresOnly = false, bool IsReservationStrict = false)
{
    public const string FullCoresOnly = "full-pcpus-only";
    public const string StrictReservation = "strict-cpu-reservation";

    public static readonly IReadOnlyList<string> Names = [FullCoresOnly, StrictReservation];

    public static CpuOptions From(IReadOnlyDictionary<string, string> options) => new(
        bool.Parse(options.GetValueOrDefault(FullCoresOnly, "false")), bool.Parse(options.GetValueOrDefault(StrictReservation, "false")));
}
