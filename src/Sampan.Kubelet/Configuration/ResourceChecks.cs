using Sampan.Api;
using Sampan.Kubelet.Topology;

namespace Sampan.Kubelet.Configuration;

/// <summary>What is kept from pods, by which groups, and when pods have to go.</summary>
internal static class ResourceChecks
{
    private const string None = "none";
    private const string Pods = "pods";
    private const string System = "system-reserved";
    private const string SystemTime = "system-reserved-compressible";
    private const string Kube = "kube-reserved";
    private const string KubeTime = "kube-reserved-compressible";

    public static IEnumerable<string> Of(KubeletConfiguration c) => [.. Reservations(c), .. Pairs(c), .. c.EnforceNodeAllocatable.Distinct().SelectMany(e => Enforcement(c, e)), .. Evictions(c)];

    private static IEnumerable<string> Reservations(KubeletConfiguration c)
    {
        foreach (var (field, values) in new[] { ("systemReserved", c.SystemReserved), ("kubeReserved", c.KubeReserved) })
        {
            foreach (var (resource, text) in values.Where(v => !Quantity.TryParse(v.Value, out _))) yield return $"{field}: failed to parse quantity \"{text}\" for \"{resource}\" resource";
        }

        if (c.SystemCgroups.Length > 0 && c.CgroupRoot.Length == 0) yield return "systemCgroups (--system-cgroups) was specified and cgroupRoot (--cgroup-root) was not specified";
        if (c.ReservedSystemCpus.Length == 0) yield break;
        if (c.SystemReservedCgroup.Length + c.KubeReservedCgroup.Length > 0) yield return "can't use reservedSystemCPUs (--reserved-cpus) with systemReservedCgroup (--system-reserved-cgroup) or kubeReservedCgroup (--kube-reserved-cgroup)";
        if (!IsCpuSet(c.ReservedSystemCpus)) yield return $"unable to parse reservedSystemCPUs (--reserved-cpus) {c.ReservedSystemCpus}";
    }

    private static bool IsCpuSet(string text)
    {
        try
        {
            CpuSet.Parse(text);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static IEnumerable<string> Pairs(KubeletConfiguration c)
    {
        foreach (var (whole, time) in new[] { (System, SystemTime), (Kube, KubeTime) })
        {
            if (c.EnforceNodeAllocatable.Contains(whole) && c.EnforceNodeAllocatable.Contains(time)) yield return $"both \"{whole}\" and \"{time}\" cannot be specified together in enforceNodeAllocatable (--enforce-node-allocatable)";
        }

        foreach (var twice in c.EnforceNodeAllocatable.GroupBy(e => e).Where(g => g.Count() > 1)) yield return $"duplicated enforcements \"{twice.Key}\" in enforceNodeAllocatable (--enforce-node-allocatable)";
    }

    private static IEnumerable<string> Enforcement(KubeletConfiguration c, string name)
    {
        switch (name)
        {
            case None:
                if (c.EnforceNodeAllocatable.Count > 1) yield return "enforceNodeAllocatable (--enforce-node-allocatable) may not contain additional enforcements when \"none\" is specified";
                yield break;
            case Pods:
                break;
            case System or SystemTime:
                if (c.SystemReservedCgroup.Length == 0) yield return $"systemReservedCgroup (--system-reserved-cgroup) must be specified when \"{System}\" or \"{SystemTime}\" included in enforceNodeAllocatable (--enforce-node-allocatable)";
                break;
            case Kube or KubeTime:
                if (c.KubeReservedCgroup.Length == 0) yield return $"kubeReservedCgroup (--kube-reserved-cgroup) must be specified when \"{Kube}\" or \"{KubeTime}\" included in enforceNodeAllocatable (--enforce-node-allocatable)";
                break;
            default:
                yield return $"option \"{name}\" specified for enforceNodeAllocatable (--enforce-node-allocatable). Valid options are \"{Pods}\", \"{System}\", \"{Kube}\", \"{SystemTime}\", \"{KubeTime}\" or \"{None}\"";
                yield break;
        }

        if (!c.CgroupsPerQos) yield return $"cgroupsPerQOS (--cgroups-per-qos) must be set to true when \"{name}\" contained in enforceNodeAllocatable (--enforce-node-allocatable)";
    }

    private static IEnumerable<string> Evictions(KubeletConfiguration c)
    {
        foreach (var problem in EvictionChecks.Of(c)) yield return problem;
        foreach (var signal in c.EvictionSoft.Keys.Where(s => !c.EvictionSoftGracePeriod.ContainsKey(s))) yield return $"grace period must be specified for the soft eviction threshold {signal}";
    }
}
