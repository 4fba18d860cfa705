using System.Net;
using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>Endpoints.</summary>
internal sealed class EndpointsStrategy : Strategy<Endpoints>
{
    private static readonly string[] Protocols = ["TCP", "UDP", "SCTP"];

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

    protected override void Validate(WriteContext context, Endpoints endpoints, FieldErrors errors)
    {
        foreach (var (index, subset) in endpoints.Subsets.OrEmpty().Index())
        {
            var path = FieldPath.Of("subsets").Index(index);
            if (subset.Addresses.OrEmpty().Count == 0 && subset.NotReadyAddresses.OrEmpty().Count == 0)
            {
                errors.Required(path, "must specify `addresses` or `notReadyAddresses`");
            }
            ValidateAddresses(subset.Addresses, path.Child("addresses"), errors);
            ValidateAddresses(subset.NotReadyAddresses, path.Child("notReadyAddresses"), errors);
            ValidatePorts(subset.Ports, path.Child("ports"), errors);
        }
    }

    private static void ValidateAddresses(List<EndpointAddress>? addresses, FieldPath path, FieldErrors errors)
    {
        foreach (var (index, address) in addresses.OrEmpty().Index())
        {
            if (!IPAddress.TryParse(address.Ip, out var ip))
            {
                errors.Invalid(path.Index(index).Child("ip"), address.Ip, "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)");
            }
            else if (IPAddress.IsLoopback(ip))
            {
                errors.Invalid(path.Index(index).Child("ip"), address.Ip, "may not be in the loopback range (127.0.0.0/8, ::1/128)");
            }
        }
    }

    private static void ValidatePorts(List<EndpointPort>? ports, FieldPath path, FieldErrors errors)
    {
        foreach (var (index, port) in ports.OrEmpty().Index())
        {
            var at = path.Index(index);
            if (string.IsNullOrEmpty(port.Name) && ports!.Count > 1)
            {
                errors.Required(at.Child("name"));
            }
            errors.Invalid(at.Child("port"), port.Port, Names.IsPortNumber(port.Port));
            if (!Protocols.Contains(port.Protocol))
            {
                errors.NotSupported(at.Child("protocol"), port.Protocol, Protocols);
            }
        }
    }
}
