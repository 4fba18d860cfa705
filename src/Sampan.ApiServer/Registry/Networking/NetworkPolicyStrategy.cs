using Sampan.Api;
using Sampan.Api.Meta.V1;
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

    protected override void Validate(WriteContext context, NetworkPolicy policy, FieldErrors errors) => Validate(policy, null, errors);

    protected override void ValidateUpdate(WriteContext context, NetworkPolicy policy, NetworkPolicy old, FieldErrors errors) =>
        Validate(policy, old.Spec, errors);

    private static void Validate(NetworkPolicy policy, NetworkPolicySpec? was, FieldErrors errors)
    {
        var (spec, path) = (policy.Spec, FieldPath.Of("spec"));
        var old = new Before(was?.PodSelector, was is null ? [] : [.. Networks(was)]);
        LabelSelectorValidation.Validate(spec.PodSelector, path.Child("podSelector"), errors, old.Selector);
        foreach (var (index, rule) in spec.Ingress.OrEmpty().Index())
        {
            ValidatePorts(rule.Ports, path.Child("ingress").Index(index).Child("ports"), errors);
            Peers(rule.From, path.Child("ingress").Index(index).Child("from"), old, errors);
        }
        foreach (var (index, rule) in spec.Egress.OrEmpty().Index())
        {
            ValidatePorts(rule.Ports, path.Child("egress").Index(index).Child("ports"), errors);
            Peers(rule.To, path.Child("egress").Index(index).Child("to"), old, errors);
        }
        if (spec.PolicyTypes.OrEmpty().Count > 2)
        {
            errors.Invalid(path.Child("policyTypes"), spec.PolicyTypes, "may not specify more than two policyTypes");
            return;
        }
        foreach (var (index, type) in spec.PolicyTypes.OrEmpty().Index())
        {
            FieldChecks.OneOf(path.Child("policyTypes").Index(index), type, errors, "Ingress", "Egress");
        }
    }

    protected override IEnumerable<string> Warnings(WriteContext context, NetworkPolicy policy, NetworkPolicy? old)
    {
        var path = FieldPath.Of("spec");
        return
        [
            .. policy.Spec.Ingress.OrEmpty().Index().SelectMany(one => Blocks(one.Item.From, path.Child("ingress").Index(one.Index).Child("from"))),
            .. policy.Spec.Egress.OrEmpty().Index().SelectMany(one => Blocks(one.Item.To, path.Child("egress").Index(one.Index).Child("to"))),
        ];
    }

    private static IEnumerable<string> Blocks(List<NetworkPolicyPeer>? peers, FieldPath path) =>
        peers.OrEmpty().Index().SelectMany(one => one.Item.IpBlock is { } block ? Block(block, path.Index(one.Index).Child("ipBlock")) : []);

    private static IEnumerable<string> Block(IPBlock block, FieldPath path) =>
    [
        .. AddressWarnings.OfNetwork(path.Child("cidr"), block.Cidr),
        .. block.Except.OrEmpty().Index().SelectMany(one => AddressWarnings.OfNetwork(path.Child("except").Index(one.Index), one.Item)),
    ];

    private static IEnumerable<string> Networks(NetworkPolicySpec spec) =>
        spec.Ingress.OrEmpty().SelectMany(rule => rule.From.OrEmpty()).Concat(spec.Egress.OrEmpty().SelectMany(rule => rule.To.OrEmpty()))
            .Where(peer => peer.IpBlock is not null).SelectMany(peer => peer.IpBlock!.Except.OrEmpty().Append(peer.IpBlock.Cidr));

    private static IEnumerable<NetworkPolicyPort> Ports(NetworkPolicySpec spec) =>
        spec.Ingress.OrEmpty().SelectMany(rule => rule.Ports.OrEmpty()).Concat(spec.Egress.OrEmpty().SelectMany(rule => rule.Ports.OrEmpty()));

    private static void ValidatePorts(List<NetworkPolicyPort>? ports, FieldPath path, FieldErrors errors)
    {
        foreach (var (index, port) in ports.OrEmpty().Index())
        {
            FieldChecks.OneOf(path.Index(index).Child("protocol"), port.Protocol, errors, "TCP", "UDP", "SCTP");
            ValidateRange(port, path.Index(index), errors);
        }
    }

    private static void ValidateRange(NetworkPolicyPort port, FieldPath path, FieldErrors errors)
    {
        if (port.Port is { IsString: false } first)
        {
            errors.Invalid(path.Child("port"), first.IntValue, Names.IsPortNumber(first.IntValue));
        }
        if (port.EndPort is { } end && port.Port is null)
        {
            errors.Invalid(path.Child("endPort"), end, "may not be specified when `port` is not specified");
        }
        else if (port is { EndPort: { } last, Port: { IsString: false } start })
        {
            if (last < start.IntValue)
            {
                errors.Invalid(path.Child("endPort"), start.IntValue, "must be greater than or equal to `port`");
            }
            errors.Invalid(path.Child("endPort"), last, Names.IsPortNumber(last));
        }
        else if (port is { EndPort: { } named, Port: not null })
        {
            errors.Invalid(path.Child("endPort"), named, "may not be specified when `port` is non-numeric");
        }
        if (port.Port is { IsString: true } name)
        {
            errors.Invalid(path.Child("port"), name.StringValue, Names.IsPortName(name.StringValue));
        }
    }

    private static void Peers(List<NetworkPolicyPeer>? peers, FieldPath path, Before old, FieldErrors errors)
    {
        foreach (var (index, peer) in peers.OrEmpty().Index())
        {
            var at = path.Index(index);
            LabelSelectorValidation.Validate(peer.PodSelector, at.Child("podSelector"), errors, old.Selector);
            LabelSelectorValidation.Validate(peer.NamespaceSelector, at.Child("namespaceSelector"), errors, old.Selector);
            if (peer.IpBlock is { } block)
            {
                Block(block, at.Child("ipBlock"), old.Networks, errors);
            }
            if (peer.PodSelector is null && peer.NamespaceSelector is null && peer.IpBlock is null)
            {
                errors.Required(at, "must specify a peer");
            }
            else if (peer.IpBlock is not null && (peer.PodSelector is not null || peer.NamespaceSelector is not null))
            {
                errors.Forbidden(at, "may not specify both ipBlock and another peer");
            }
        }
    }

    private static void Block(IPBlock block, FieldPath path, HashSet<string> old, FieldErrors errors)
    {
        if (block.Cidr.Length == 0)
        {
            errors.Required(path.Child("cidr"));
            return;
        }
        AddressChecks.Network(path.Child("cidr"), block.Cidr, errors, old);
        if (AddressChecks.NetworkOf(block.Cidr) is not { } network)
        {
            return;
        }
        foreach (var (index, text) in block.Except.OrEmpty().Index())
        {
            AddressChecks.Network(path.Child("except").Index(index), text, errors, old);
            if (AddressChecks.NetworkOf(text) is { } except
                && (!network.Contains(except.BaseAddress) || network.PrefixLength >= except.PrefixLength))
            {
                errors.Invalid(path.Child("except").Index(index), text, "must be a strict subset of `cidr`");
            }
        }
    }

    /// <summary>What an update may leave as it was, however it is written: networks, and selectors where the policy's own was wrong.</summary>
    private sealed record Before(LabelSelector? Selector, HashSet<string> Networks);
}
