namespace Sampan.Kubelet.Cgroups;

/// <summary>Where a driver puts the groups that the kubelet calls <c>/kubepods/burstable/podUID</c>.</summary>
internal interface ICgroupNames
{
    /// <summary>The path of a group, relative to the hierarchy's root, by the kubelet's name for it.</summary>
    string PathOf(string name);

    /// <summary>The kubelet's name for what the hierarchy, or the configuration, calls so.</summary>
    string NameOf(string path);

    /// <summary>What runtimes may call the group of a container right below its pod's, the most frequent first.</summary>
    IReadOnlyList<string> OfContainer(string id);
}
