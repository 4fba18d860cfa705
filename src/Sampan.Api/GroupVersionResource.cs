namespace Sampan.Api;

/// <summary>A resource (a plural in lower case) in one version of its group; the core group is "".</summary>
public readonly record struct GroupVersionResource(string Group, string Version, string Resource)
{
    /// <summary>"apps/v1", or "v1" for the core group.</summary>
    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    public GroupResource GroupResource => new(Group, Resource);

    public override string ToString() => $"{ApiVersion}, Resource={Resource}";
}
