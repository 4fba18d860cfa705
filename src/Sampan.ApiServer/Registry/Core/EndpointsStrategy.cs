using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>Endpoints.</summary>
internal sealed class EndpointsStrategy : Strategy<Endpoints>
{
    private static readonly string[] Protocols = ["SCTP", "TCP", "UDP"];

    public override bool AllowCreateOnUpdate => true;

    protected override void Default(Endpoints endpoints)
    {
        foreach (var port in endpoints.Subsets.OrEmpty().SelectMany(subset => subset.Ports.OrEmpty()))
        {
            if (string.IsNullOrEmpty(port.Protocol))
            {
                port.Protocol = "TCP";
            }
        }
    }

    protected override void Validate(WriteContext context, Endpoints endpoints, FieldErrors errors) => Validate(endpoints, [], errors);

    protected override void ValidateUpdate(WriteContext context, Endpoints endpoints, Endpoints old, FieldErrors errors) =>
        Validate(endpoints, [.. old.Subsets.OrEmpty().SelectMany(Addresses).Select(address => address.Ip)], errors);

    protected override IEnumerable<string> Warnings(WriteContext context, Endpoints endpoints, Endpoints? old) =>
        endpoints.Subsets.OrEmpty().Index().SelectMany(subset => (IEnumerable<string>)
        [
            .. Spellings(subset.Item.Addresses, FieldPath.Of("subsets").Index(subset.Index).Child("addresses")),
            .. Spellings(subset.Item.NotReadyAddresses, FieldPath.Of("subsets").Index(subset.Index).Child("notReadyAddresses")),
        ]);

    private static IEnumerable<string> Spellings(List<EndpointAddress>? addresses, FieldPath path) =>
        addresses.OrEmpty().Index().SelectMany(one => AddressWarnings.OfAddress(path.Index(one.Index).Child("ip"), one.Item.Ip));

    private static IEnumerable<EndpointAddress> Addresses(EndpointSubset subset) =>
        [.. subset.Addresses.OrEmpty(), .. subset.NotReadyAddresses.OrEmpty()];

    private static void Validate(Endpoints endpoints, HashSet<string> oldAddresses, FieldErrors errors)
    {
        foreach (var (index, subset) in endpoints.Subsets.OrEmpty().Index())
        {
            var path = FieldPath.Of("subsets").Index(index);
            if (!Addresses(subset).Any())
            {
                errors.Required(path, "must specify `addresses` or `notReadyAddresses`");
            }
            ValidateAddresses(subset.Addresses, oldAddresses, path.Child("addresses"), errors);
            ValidateAddresses(subset.NotReadyAddresses, oldAddresses, path.Child("notReadyAddresses"), errors);
            ValidatePorts(subset.Ports.OrEmpty(), path.Child("ports"), errors);
        }
    }

    private static void ValidateAddresses(List<EndpointAddress>? addresses, HashSet<string> old, FieldPath path, FieldErrors errors)
    {
        foreach (var (index, address) in addresses.OrEmpty().Index())
        {
            var at = path.Index(index);
            AddressChecks.Address(at.Child("ip"), address.Ip, errors, old);
            if (!string.IsNullOrEmpty(address.Hostname))
            {
                errors.Invalid(at.Child("hostname"), address.Hostname, Names.IsDns1123Label(address.Hostname));
            }
            if (address.NodeName is { } node)
            {
                errors.Invalid(at.Child("nodeName"), node, Names.IsDns1123Subdomain(node));
            }
            AddressChecks.EndpointAddress(at.Child("ip"), address.Ip, errors);
        }
    }

    private static void ValidatePorts(IReadOnlyList<EndpointPort> ports, FieldPath path, FieldErrors errors)
    {
        foreach (var (index, port) in ports.Index())
        {
            var at = path.Index(index);
            if (!string.IsNullOrEmpty(port.Name))
            {
                errors.Invalid(at.Child("name"), port.Name, Names.IsDns1123Label(port.Name));
            }
            else if (ports.Count > 1)
            {
                errors.Required(at.Child("name"));
            }
            errors.Invalid(at.Child("port"), port.Port, Names.IsPortNumber(port.Port));
            FieldChecks.RequiredOneOf(at.Child("protocol"), port.Protocol, errors, Protocols);
            if (port.AppProtocol is { } application)
            {
                errors.Invalid(at.Child("appProtocol"), application, Names.IsQualifiedName(application));
            }
        }
    }
}
