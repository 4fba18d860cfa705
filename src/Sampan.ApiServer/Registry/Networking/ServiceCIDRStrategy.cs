using System.Text.Json.Nodes;
using Sampan.Api;
using Sampan.Api.Networking.V1;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.Networking;

/// <summary>The networks that addresses of Services come from. A second family may be added; nothing else changes.</summary>
internal sealed class ServiceCIDRStrategy() : SpecStatusStrategy<ServiceCIDR>(Parts, hasGeneration: false)
{
    private static readonly SpecStatus<ServiceCIDR> Parts = new(
        (from, to) => to.Spec = from.Spec,
        // As upstream has it, the status may also be written with the spec.
        static (_, _) => { },
        static _ => { },
        (a, b) => a.Spec.DeepEquals(b.Spec))
    {
        StatusKeepsMetadata = true,
    };

    private static FieldPath Path => FieldPath.Of("spec").Child("cidrs");

    protected override void Validate(WriteContext context, ServiceCIDR cidr, FieldErrors errors)
    {
        var cidrs = cidr.Spec.Cidrs.OrEmpty();
        if (cidrs.Count == 0)
        {
            errors.Required(Path, "at least one CIDR required");
            return;
        }
        if (cidrs.Count > 2)
        {
            errors.Invalid(Path, cidr.Spec, "may only hold up to 2 values");
            return;
        }
        var families = cidrs.Select(text => AddressChecks.NetworkOf(text)?.BaseAddress.AddressFamily).ToList();
        if (cidrs.Count == 2 && (families.Contains(null) || families[0] == families[1]))
        {
            errors.Invalid(Path, cidr.Spec, "may specify no more than one IP for each IP family, i.e 192.168.0.0/24 and 2001:db8::/64");
            return;
        }
        foreach (var (index, text) in cidrs.Index())
        {
            if (AddressChecks.ComplaintAboutNetwork(text, canonical: true) is { } complaint)
            {
                errors.Invalid(Path.Index(index), text, complaint);
            }
        }
    }

    protected override void ValidateUpdate(WriteContext context, ServiceCIDR cidr, ServiceCIDR old, FieldErrors errors)
    {
        var (now, was) = (cidr.Spec.Cidrs.OrEmpty(), old.Spec.Cidrs.OrEmpty());
        var grows = was.Count == 1 && now.Count == 2;
        if (now.Count != was.Count && !grows)
        {
            errors.Invalid(Path, now, FieldChecks.Immutable);
            return;
        }
        for (var i = 0; i < was.Count; i++)
        {
            FieldChecks.Same(Path.Index(i), now[i], was[i], errors);
        }
        if (grows)
        {
            Validate(context, cidr, errors);
        }
    }
}
