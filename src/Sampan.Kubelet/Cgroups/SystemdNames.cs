namespace Sampan.Kubelet.Cgroups;

/// <summary>
/// Groups as slices of systemd. A slice's name holds those of all slices around it, with a hyphen between them, so that the
/// hyphens of a name become underscores:
/// <code>
/// /kubepods/burstable/pod1-2  ⇄  /kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod1_2.slice
/// </code>
/// Upstream: pkg/kubelet/cm, CgroupName.
/// </summary>
internal sealed class SystemdNames : ICgroupNames
{
    /// <summary>The slice that all others are in.</summary>
    public const string RootSlice = "-.slice";

    public static readonly SystemdNames Instance = new();
    private const string Slice = ".slice";

    public static bool IsSystemdStyle(string path) => path.EndsWith(Slice, StringComparison.Ordinal);

    /// <summary>The unit that a group belongs to: <c>/a.slice/a-b.slice</c> → <c>a-b.slice</c>.</summary>
    public static string UnitOf(string path) => path.Trim('/').Split('/')[^1] is { Length: > 0 } unit ? unit : RootSlice;

    /// <summary>The unit around it: <c>/a.slice/a-b.slice</c> → <c>a.slice</c>.</summary>
    public static string ParentOf(string path) => path.Trim('/').Split('/') is [.., var parent, _] ? parent : RootSlice;

    public string PathOf(string name)
    {
        var (path, prefix) = ("", "");
        foreach (var part in name.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            prefix += part.Replace('-', '_');
            path += "/" + prefix + Slice;
            prefix += "-";
        }

        return path.Length > 0 ? path : "/";
    }

    /// <summary>The last slice of a path says it all; what is no slice is the kubelet's name already.</summary>
    public string NameOf(string path)
    {
        if (!IsSystemdStyle(path))
        {
            return "/" + path.Trim('/');
        }

        var parts = UnitOf(path)[..^Slice.Length].Split('-', StringSplitOptions.RemoveEmptyEntries);
        return "/" + string.Join('/', parts.Select(part => part.Replace('_', '-')));
    }

    /// <summary>containerd's, CRI-O's and Docker's; <c>crio-conmon-…</c> is the monitor beside a container.</summary>
    public IReadOnlyList<string> OfContainer(string id) => [$"cri-containerd-{id}.scope", $"crio-{id}.scope", $"docker-{id}.scope"];
}
