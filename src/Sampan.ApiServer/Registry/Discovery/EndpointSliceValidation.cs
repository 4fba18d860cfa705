using System.Net.Sockets;
using Sampan.Api;
using Sampan.Api.Discovery.V1;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.Discovery;

/// <summary>Checks of endpoint slices. Upstream: pkg/apis/discovery/validation.</summary>
internal static class EndpointSliceValidation
{
    private const int MaxEndpoints = 1000;
    private const int MaxAddresses = 100;
    private const int MaxPorts = 20000;
    private const int MaxHints = 8;
    private const int MaxTopology = 16;

    public static void Validate(EndpointSlice slice, FieldErrors errors)
    {
        FieldChecks.RequiredOneOf(FieldPath.Of("addressType"), slice.AddressType, errors, "FQDN", "IPv4", "IPv6");
        Endpoints(slice, FieldPath.Of("endpoints"), errors);
        Ports(slice.Ports, FieldPath.Of("ports"), errors);
    }

    private static void Endpoints(EndpointSlice slice, FieldPath path, FieldErrors errors)
    {
        if (slice.Endpoints.OrEmpty().Count > MaxEndpoints)
        {
            errors.TooMany(path, slice.Endpoints!.Count, MaxEndpoints);
            return;
        }
        foreach (var (index, endpoint) in slice.Endpoints.OrEmpty().Index())
        {
            var at = path.Index(index);
            Addresses(endpoint.Addresses, slice.AddressType, at.Child("addresses"), errors);
            if (endpoint.NodeName is { } node)
            {
                errors.Invalid(at.Child("nodeName"), node, Names.IsDns1123Subdomain(node));
            }
            if (endpoint.DeprecatedTopology.OrEmpty().Count > MaxTopology)
            {
                errors.TooMany(at.Child("deprecatedTopology"), endpoint.DeprecatedTopology!.Count, MaxTopology);
            }
            ObjectMetaValidation.ValidateLabels(endpoint.DeprecatedTopology, at.Child("deprecatedTopology"), errors);
            if (endpoint.Hostname is { } host)
            {
                errors.Invalid(at.Child("hostname"), host, Names.IsDns1123Label(host));
            }
            Hints((endpoint.Hints?.ForZones).OrEmpty().Select(zone => zone.Name), at.Child("hints").Child("forZones"), Names.IsLabelValue, errors);
            Hints((endpoint.Hints?.ForNodes).OrEmpty().Select(one => one.Name), at.Child("hints").Child("forNodes"), Names.IsDns1123Subdomain, errors);
        }
    }

    private static void Addresses(List<string> addresses, string type, FieldPath path, FieldErrors errors)
    {
        if (addresses.Count == 0)
        {
            errors.Required(path, "must contain at least 1 address");
        }
        else if (addresses.Count > MaxAddresses)
        {
            errors.TooMany(path, addresses.Count, MaxAddresses);
        }
        foreach (var (index, address) in addresses.Index())
        {
            switch (type)
            {
                case "IPv4" or "IPv6":
                    Address(address, type, path.Index(index), errors);
                    break;
                case "FQDN":
                    FieldChecks.FullyQualifiedDomain(path.Index(index), address, errors);
                    break;
            }
        }
    }

    private static void Address(string text, string type, FieldPath path, FieldErrors errors)
    {
        var family = type == "IPv4" ? AddressFamily.InterNetwork : AddressFamily.InterNetworkV6;
        if (!AddressChecks.TryParse(text, out var address, out var leadingZeros) || leadingZeros || address.AddressFamily != family)
        {
            errors.Invalid(path, text, $"must be a valid {type} address");
        }
        AddressChecks.EndpointAddress(path, text, errors);
    }

    private static void Hints(IEnumerable<string> hints, FieldPath path, Func<string, IReadOnlyList<string>> check, FieldErrors errors)
    {
        var names = hints.ToList();
        if (names.Count > MaxHints)
        {
            errors.TooMany(path, names.Count, MaxHints);
            return;
        }
        var seen = new HashSet<string>();
        foreach (var (index, name) in names.Index())
        {
            var at = path.Index(index).Child("name");
            if (!seen.Add(name))
            {
                errors.Duplicate(at, name);
            }
            errors.Invalid(at, name, check(name));
        }
    }

    private static void Ports(List<EndpointPort>? ports, FieldPath path, FieldErrors errors)
    {
        if (ports.OrEmpty().Count > MaxPorts)
        {
            errors.TooMany(path, ports!.Count, MaxPorts);
            return;
        }
        var names = new HashSet<string>();
        foreach (var (index, port) in ports.OrEmpty().Index())
        {
            var (at, name) = (path.Index(index), port.Name ?? "");
            if (name.Length > 0)
            {
                errors.Invalid(at.Child("name"), name, Names.IsDns1123Label(name));
            }
            if (!names.Add(name))
            {
                errors.Duplicate(at.Child("name"), name);
            }
            if (port.Protocol is null)
            {
                errors.Required(at.Child("protocol"));
            }
            FieldChecks.OneOf(at.Child("protocol"), port.Protocol, errors, "SCTP", "TCP", "UDP");
            if (port.AppProtocol is { } application)
            {
                errors.Invalid(at.Child("appProtocol"), application, Names.IsQualifiedName(application));
            }
        }
    }
}
