namespace Sampan.Kubelet.Cgroups;

/// <summary>The groups' own file system knows no other names than the kubelet's.</summary>
internal sealed class CgroupfsNames : ICgroupNames
{
    public static readonly CgroupfsNames Instance = new();

    public string PathOf(string name) => name;

    public string NameOf(string path) => "/" + path.Trim('/');

    /// <summary>containerd's, CRI-O's.</summary>
    public IReadOnlyList<string> OfContainer(string id) => [id, $"crio-{id}"];
}
