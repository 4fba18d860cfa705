using Sampan.Api;
using Sampan.ApiServer.Http.Resources;
using Sampan.ApiServer.Watch;

namespace Sampan.ApiServer.Registry;

/// <summary>Conversion between a served version and the stored one. Both functions return new objects.</summary>
internal sealed record VersionConversion(KindInfo StorageKind, KindInfo ServedKind, Func<IObject, IObject> ToStored, Func<IObject, IObject> ToServed)
{
    /// <summary>The stored version's name of a selectable field of the served one.</summary>
    public Func<string, string> StoredField { get; init; } = static field => field;

    /// <summary>A stored object in the served version, with the same resourceVersion.</summary>
    public CachedObject FromStorage(CachedObject stored)
    {
        var served = ToServed(stored.Object);
        served.Metadata = served.Metadata.DeepClone();
        served.Metadata.ResourceVersion = "";
        return CachedObject.Create(ServedKind, stored.Revision, ObjectForms.Encode(served), served);
    }
}
