using Sampan.Api;
using Sampan.Api.Networking.V1;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.Networking;

/// <summary>IP addresses: each is named by the one address it stands for, and belongs to one object.</summary>
internal sealed class IPAddressStrategy : Strategy<IPAddress>
{
    public override NameCheck NameCheck { get; } = static (name, _) =>
        AddressChecks.ComplaintAboutAddress(name, canonical: true) is { } complaint ? [complaint] : [];

    protected override void Validate(WriteContext context, IPAddress address, FieldErrors errors)
    {
        var path = FieldPath.Of("spec").Child("parentRef");
        if (address.Spec.ParentRef is not { } parent)
        {
            errors.Required(path);
            return;
        }
        if (parent.Group is { Length: > 0 } group)
        {
            errors.Invalid(path.Child("group"), group, Names.IsDns1123Subdomain(group));
        }
        FieldChecks.RequiredSegment(path.Child("resource"), parent.Resource, errors);
        FieldChecks.RequiredSegment(path.Child("name"), parent.Name, errors);
        if (parent.Namespace is { Length: > 0 } ns)
        {
            errors.Invalid(path.Child("namespace"), ns, Names.IsPathSegmentName(ns));
        }
    }

    protected override void ValidateUpdate(WriteContext context, IPAddress address, IPAddress old, FieldErrors errors) =>
        FieldChecks.Same(FieldPath.Of("spec").Child("parentRef"), address.Spec.ParentRef, old.Spec.ParentRef, errors);
}
