using Sampan.Api;
using Sampan.ApiServer.Apply;
using Sampan.ApiServer.Http.Resources;
using Sampan.ApiServer.Patch;

namespace Sampan.ApiServer.Registry;

/// <summary>The versions in which one stored resource is served, and the way from one to another: by way of the stored one.</summary>
internal sealed class ObjectVersions(IReadOnlyList<ResourceDescriptor> members)
{
    public KindInfo? Find(string apiVersion) => Member(apiVersion)?.Kind;

    /// <summary>An object's JSON in another version. Both versions are among these.</summary>
    public ReadOnlyMemory<byte> Convert(ReadOnlyMemory<byte> json, string from, string to)
    {
        if (from == to)
        {
            return json;
        }
        var (source, target) = (Member(from)!, Member(to)!);
        var obj = source.Kind.DecodeJson(json.Span);
        var stored = source.Conversion?.ToStored(obj) ?? obj;
        return ObjectForms.Encode(target.Conversion?.ToServed(stored) ?? stored);
    }

    /// <summary>What a change looks like in another version; null when that one is not served.</summary>
    public TreeDifference? Difference(ReadOnlyMemory<byte> old, ReadOnlyMemory<byte> next, string from, string to, string subresource) =>
        Find(to) is not { } kind ? null : FieldFilter.Of(kind, subresource).Compare(
            Convert(old, from, to), Convert(next, from, to), new TypeStructure(kind.Schema));

    private ResourceDescriptor? Member(string apiVersion) => members.FirstOrDefault(member => member.Kind.ApiVersion == apiVersion);
}
