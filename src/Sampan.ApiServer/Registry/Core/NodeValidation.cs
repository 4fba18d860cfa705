using System.Text.Json.Nodes;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>Checks of nodes.</summary>
internal static class NodeValidation
{
    private const string FixedNetwork = "node updates may not change podCIDR except from \"\" to valid";

    private static readonly string[] Effects = ["NoSchedule", "PreferNoSchedule", "NoExecute"];

    public static void Validate(Node node, IReadOnlyCollection<string> oldNetworks, FieldErrors errors)
    {
        Taints(node.Spec, errors);
        Resources(node.Status, errors);
        NodeFeatureValidation.Validate(node.Status, errors);
        PodNetworks(node.Spec.PodCIDRs.OrEmpty(), oldNetworks, FieldPath.Of("spec").Child("podCIDRs"), errors);
    }

    /// <summary>What a write of the node or of its status may change.</summary>
    public static void ValidateUpdate(Node node, Node old, FieldErrors errors)
    {
        Resources(node.Status, errors);
        NodeFeatureValidation.Validate(node.Status, errors);
        Addresses(node.Status, errors);
        var path = FieldPath.Of("spec");
        SameNetworks(node.Spec.PodCIDRs.OrEmpty(), old.Spec.PodCIDRs.OrEmpty(), path.Child("podCIDRs"), errors);
        if (!string.IsNullOrEmpty(old.Spec.ProviderID) && old.Spec.ProviderID != node.Spec.ProviderID)
        {
            errors.Forbidden(path.Child("providerID"), "node updates may not change providerID except from \"\" to valid");
        }
        NodeConfigValidation.Validate(node, errors);
        Taints(node.Spec, errors);
        if ((node.Spec.ExternalID ?? "") != (old.Spec.ExternalID ?? ""))
        {
            errors.Forbidden(path.Child("externalID"), "may not be updated");
        }
    }

    /// <summary>Upstream shows the place of taints as metadata.taints.</summary>
    private static void Taints(NodeSpec spec, FieldErrors errors)
    {
        var seen = new HashSet<(string, string)>();
        foreach (var (index, taint) in spec.Taints.OrEmpty().Index())
        {
            var at = FieldPath.Of("metadata").Child("taints").Index(index);
            errors.Invalid(at.Child("key"), taint.Key, Names.IsQualifiedName(taint.Key));
            var value = taint.Value ?? "";
            if (Names.IsLabelValue(value) is { Count: > 0 } complaints)
            {
                errors.Invalid(at.Child("value"), value, string.Join(';', complaints));
            }
            FieldChecks.RequiredOneOf(at.Child("effect"), taint.Effect, errors, Effects);
            if (!seen.Add((taint.Key, taint.Effect)))
            {
                errors.Add(FieldError.Duplicate(at, taint) with { Detail = "taints must be unique by key and effect pair" });
            }
        }
    }

    private static void Resources(NodeStatus status, FieldErrors errors)
    {
        Amounts(status.Capacity, "capacity", errors);
        Amounts(status.Allocatable, "allocatable", errors);
    }

    private static void Amounts(Dictionary<string, Quantity>? amounts, string field, FieldErrors errors)
    {
        foreach (var (name, amount) in amounts.OrEmpty())
        {
            ResourceValidation.Value(name, amount, FieldPath.Of("status").Child(field).Child(name), errors);
        }
    }

    private static void Addresses(NodeStatus status, FieldErrors errors)
    {
        var seen = new HashSet<(string, string)>();
        foreach (var (index, address) in status.Addresses.OrEmpty().Index())
        {
            if (!seen.Add((address.Type, address.Address)))
            {
                errors.Duplicate(FieldPath.Of("status").Child("addresses").Index(index), address);
            }
        }
    }

    /// <summary>One network, or one of each family.</summary>
    private static void PodNetworks(IReadOnlyList<string> networks, IReadOnlyCollection<string> old, FieldPath path, FieldErrors errors)
    {
        foreach (var (index, text) in networks.Index())
        {
            AddressChecks.Network(path.Index(index), text, errors, old);
        }
        if (networks.Count < 2)
        {
            return;
        }
        var parsed = networks.Select(AddressChecks.NetworkOf).ToList();
        if (networks.Count > 2 || parsed.Contains(null) || parsed.Select(one => one!.Value.BaseAddress.AddressFamily).Distinct().Count() < 2)
        {
            errors.Invalid(path, networks, "may specify no more than one CIDR for each IP family");
        }
        var seen = new HashSet<string>();
        foreach (var (index, text) in networks.Index().Where(one => !seen.Add(one.Item)))
        {
            errors.Duplicate(path.Index(index), text);
        }
    }

    private static void SameNetworks(IReadOnlyList<string> networks, IReadOnlyList<string> old, FieldPath path, FieldErrors errors)
    {
        if (old.Count > 0 && networks.Count != old.Count)
        {
            errors.Forbidden(path, FixedNetwork);
            return;
        }
        foreach (var _ in old.Zip(networks).Where(pair => pair.First != pair.Second))
        {
            errors.Forbidden(path, FixedNetwork);
        }
    }
}
