using System.Net;
using Sampan.Api;
using Sampan.Api.Networking.V1;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.Networking;

/// <summary>Network policies.</summary>
internal sealed class NetworkPolicyStrategy() : SpecStatusStrategy<NetworkPolicy>(Parts)
{
    private static readonly SpecStatus<NetworkPolicy> Parts = new(
        (from, to) => to.Spec = from.Spec, (_, _) => { }, _ => { }, (a, b) => a.Spec.DeepEquals(b.Spec));

    protected override void Default(NetworkPolicy policy)
    {
        foreach (var port in Ports(policy.Spec))
        {
            port.Protocol ??= "TCP";
        }
        if (policy.Spec.PolicyTypes.OrEmpty().Count == 0)
        {
            policy.Spec.PolicyTypes = policy.Spec.Egress.OrEmpty().Count > 0 ? ["Ingress", "Egress"] : ["Ingress"];
        }
    }

    protected override void Validate(WriteContext context, NetworkPolicy policy, FieldErrors errors)
    {
        var (spec, path) = (policy.Spec, FieldPath.Of("spec"));
        LabelSelectorValidation.Validate(spec.PodSelector, path.Child("podSelector"), errors);
        foreach (var (index, rule) in spec.Ingress.OrEmpty().Index())
        {
            ValidatePorts(rule.Ports, path.Child("ingress").Index(index).Child("ports"), errors);
            Peers(rule.From, path.Child("ingress").Index(index).Child("from"), errors);
        }
        foreach (var (index, rule) in spec.Egress.OrEmpty().Index())
        {
            ValidatePorts(rule.Ports, path.Child("egress").Index(index).Child("ports"), errors);
            Peers(rule.To, path.Child("egress").Index(index).Child("to"), errors);
        }
        foreach (var (index, type) in spec.PolicyTypes.OrEmpty().Index())
        {
            if (type is not ("Ingress" or "Egress"))
            {
                errors.NotSupported(path.Child("policyTypes").Index(index), type, "Egress", "Ingress");
            }
        }
    }

    private static IEnumerable<NetworkPolicyPort> Ports(NetworkPolicySpec spec) =>
        spec.Ingress.OrEmpty().SelectMany(rule => rule.Ports.OrEmpty()).Concat(spec.Egress.OrEmpty().SelectMany(rule => rule.Ports.OrEmpty()));

    private static void ValidatePorts(List<NetworkPolicyPort>? ports, FieldPath path, FieldErrors errors)
    {
        foreach (var (index, port) in ports.OrEmpty().Index())
        {
            var at = path.Index(index);
            if (port.Protocol is not ("TCP" or "UDP" or "SCTP"))
            {
                errors.NotSupported(at.Child("protocol"), port.Protocol, "SCTP", "TCP", "UDP");
            }
            if (port.Port is { } number)
            {
                PortValidation.ValidateReference(number, at.Child("port"), errors);
            }
            if (port.EndPort is { } end)
            {
                if (port.Port is not { IsString: false } first)
                {
                    errors.Required(at.Child("port"), "must be specified when `endPort` is specified");
                }
                else if (end < first.IntValue)
                {
                    errors.Invalid(at.Child("endPort"), end, "must be greater than or equal to `port`");
                }
            }
        }
    }

    private static void Peers(List<NetworkPolicyPeer>? peers, FieldPath path, FieldErrors errors)
    {
        foreach (var (index, peer) in peers.OrEmpty().Index())
        {
            var at = path.Index(index);
            LabelSelectorValidation.Validate(peer.PodSelector, at.Child("podSelector"), errors);
            LabelSelectorValidation.Validate(peer.NamespaceSelector, at.Child("namespaceSelector"), errors);
            if (peer.PodSelector is null && peer.NamespaceSelector is null && peer.IpBlock is null)
            {
                errors.Required(at, "must specify a peer");
            }
            else if (peer.IpBlock is not null && (peer.PodSelector is not null || peer.NamespaceSelector is not null))
            {
                errors.Forbidden(at, "may not specify both ipBlock and another peer");
            }
            if (peer.IpBlock is { } block && !IPNetwork.TryParse(block.Cidr, out _))
            {
                errors.Invalid(at.Child("ipBlock").Child("cidr"), block.Cidr, "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)");
            }
        }
    }
}
