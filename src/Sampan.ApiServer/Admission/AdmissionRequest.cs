using Sampan.Api;
using Sampan.ApiServer.Authentication;
using Sampan.ApiServer.Registry;

namespace Sampan.ApiServer.Admission;

/// <summary>
/// One write as admission plugins see it. Object is null for deletions (and for connects), OldObject for creations; OldObject is
/// shared and must not be changed.
/// </summary>
internal sealed record AdmissionRequest(
    WriteContext Context, ResourceDescriptor Resource, AdmissionOperation Operation, IObject? Object, IObject? OldObject)
{
    public string Namespace => Context.Namespace;

    /// <summary>The name in the request, or the object's.</summary>
    public string Name => Context.Info.Name.Length > 0 ? Context.Info.Name : Object?.Metadata.Name ?? OldObject?.Metadata.Name ?? "";

    public string Subresource => Context.Subresource;

    public UserInfo User => Context.User;

    /// <summary>Body of an action on a subresource (binding, eviction); null otherwise.</summary>
    public IObject? Body { get; init; }

    public bool Is(string group, string resource, string subresource = "") =>
        Resource.Kind.Group == group && Resource.Kind.Plural == resource && Subresource == subresource;

    public StatusException Forbidden(string reason) =>
        StatusException.Forbidden(new GroupResource(Resource.Kind.Group, Resource.Kind.Plural), Name, reason);
}
