using System.Net;
using Sampan.Api;
using Sampan.Api.Discovery.V1;

namespace Sampan.ApiServer.Registry.Discovery;

/// <summary>Endpoint slices.</summary>
internal sealed class EndpointSliceStrategy : Strategy<EndpointSlice>
{
    private const int MaxEndpoints = 1000;
    private const int MaxPorts = 20000;
    private static readonly string[] AddressTypes = ["FQDN", "IPv4", "IPv6"];

    protected override void Default(EndpointSlice slice)
    {
        foreach (var port in slice.Ports.OrEmpty())
        {
            port.Name ??= "";
            port.Protocol ??= "TCP";
        }
    }

    protected override void PrepareForCreate(WriteContext context, EndpointSlice slice) => slice.Metadata.Generation = 1;

    protected override void PrepareForUpdate(WriteContext context, EndpointSlice slice, EndpointSlice old)
    {
        var (a, b) = (slice.DeepClone(), old.DeepClone());
        b.Metadata = a.Metadata;
        var sameMeta = Same(slice.Metadata.Labels, old.Metadata.Labels);
        slice.Metadata.Generation = a.DeepEquals(b) && sameMeta ? old.Metadata.Generation : old.Metadata.Generation + 1;
    }

    protected override void Validate(WriteContext context, EndpointSlice slice, FieldErrors errors)
    {
        if (slice.AddressType.Length == 0)
        {
            errors.Required(FieldPath.Of("addressType"));
        }
        else if (!AddressTypes.Contains(slice.AddressType))
        {
            errors.NotSupported(FieldPath.Of("addressType"), slice.AddressType, AddressTypes);
        }
        if (slice.Endpoints.OrEmpty().Count > MaxEndpoints)
        {
            errors.TooMany(FieldPath.Of("endpoints"), slice.Endpoints!.Count, MaxEndpoints);
        }
        if (slice.Ports.OrEmpty().Count > MaxPorts)
        {
            errors.TooMany(FieldPath.Of("ports"), slice.Ports!.Count, MaxPorts);
        }
        foreach (var (index, endpoint) in slice.Endpoints.OrEmpty().Index())
        {
            Addresses(endpoint, slice.AddressType, FieldPath.Of("endpoints").Index(index).Child("addresses"), errors);
        }
        Ports(slice.Ports, errors);
    }

    protected override void ValidateUpdate(WriteContext context, EndpointSlice slice, EndpointSlice old, FieldErrors errors)
    {
        Validate(context, slice, errors);
        if (slice.AddressType != old.AddressType)
        {
            errors.Invalid(FieldPath.Of("addressType"), slice.AddressType, "field is immutable");
        }
    }

    private static void Addresses(Endpoint endpoint, string type, FieldPath path, FieldErrors errors)
    {
        if (endpoint.Addresses.Count == 0)
        {
            errors.Required(path, "must contain at least 1 address");
        }
        foreach (var (index, address) in endpoint.Addresses.Index())
        {
            if (type == "FQDN")
            {
                errors.Invalid(path.Index(index), address, Names.IsDns1123Subdomain(address));
            }
            else if (!IPAddress.TryParse(address, out var ip))
            {
                errors.Invalid(path.Index(index), address, "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)");
            }
            else if (ip.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork != (type == "IPv4"))
            {
                errors.Invalid(path.Index(index), address, $"must be an {type} address");
            }
        }
    }

    private static void Ports(List<EndpointPort>? ports, FieldErrors errors)
    {
        var names = new HashSet<string>();
        foreach (var (index, port) in ports.OrEmpty().Index())
        {
            var path = FieldPath.Of("ports").Index(index);
            if (!names.Add(port.Name ?? ""))
            {
                errors.Duplicate(path.Child("name"), port.Name);
            }
            if (port.Protocol is not ("TCP" or "UDP" or "SCTP"))
            {
                errors.NotSupported(path.Child("protocol"), port.Protocol, "SCTP", "TCP", "UDP");
            }
        }
    }

    private static bool Same(Dictionary<string, string>? a, Dictionary<string, string>? b) =>
        a.OrEmpty().Count == b.OrEmpty().Count && a.OrEmpty().All(one => b.OrEmpty().TryGetValue(one.Key, out var value) && value == one.Value);
}
