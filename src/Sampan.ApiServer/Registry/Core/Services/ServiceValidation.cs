using System.Net;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.Core.Services;

/// <summary>Checks of Services. Upstream: pkg/apis/core/validation.</summary>
internal static class ServiceValidation
{
    private static readonly string[] Types = ["ClusterIP", "ExternalName", "LoadBalancer", "NodePort"];
    private static readonly string[] Protocols = ["SCTP", "TCP", "UDP"];

    public static void Validate(Service service, FieldErrors errors)
    {
        var (spec, path) = (service.Spec, FieldPath.Of("spec"));
        if (spec.Ports.OrEmpty().Count == 0 && !ServiceShape.IsHeadless(service) && spec.Type != "ExternalName")
        {
            errors.Required(path.Child("ports"));
        }
        if (!Types.Contains(spec.Type))
        {
            errors.NotSupported(path.Child("type"), spec.Type, Types);
        }
        ValidateType(service, path, errors);
        ObjectMetaValidation.ValidateLabels(spec.Selector, path.Child("selector"), errors);
        ValidateAffinity(spec, path, errors);
        ValidatePolicies(spec, path, errors);
        ValidateAddresses(service, path, errors);
        ValidatePorts(service, path.Child("ports"), errors);
        foreach (var (index, ip) in spec.ExternalIPs.OrEmpty().Index())
        {
            ValidateIp(ip, path.Child("externalIPs").Index(index), errors);
        }
        LoadBalancerValidation.Validate(service, path, errors);
    }

    public static void ValidateUpdate(Service service, Service old, FieldErrors errors)
    {
        LoadBalancerValidation.ValidateUpdate(service, old, errors);
        // The address stays as long as the Service has one on both sides.
        if (old.Spec.Type == "ExternalName" || service.Spec.Type == "ExternalName")
        {
            return;
        }
        var was = old.Spec.ClusterIPs.OrEmpty();
        if (was.Count > 0 && !string.IsNullOrEmpty(was[0]) && service.Spec.ClusterIP != was[0])
        {
            errors.Invalid(
                FieldPath.Of("spec").Child("clusterIPs").Index(0), service.Spec.ClusterIPs ?? [], "may not change once set");
        }
    }

    private static void ValidateType(Service service, FieldPath path, FieldErrors errors)
    {
        var spec = service.Spec;
        switch (spec.Type)
        {
            case "LoadBalancer" when ServiceShape.IsHeadless(service):
                errors.Invalid(path.Child("clusterIPs").Index(0), spec.ClusterIP, "may not be set to 'None' for LoadBalancer services");
                break;
            case "NodePort" when ServiceShape.IsHeadless(service):
                errors.Invalid(path.Child("clusterIPs").Index(0), spec.ClusterIP, "may not be set to 'None' for NodePort services");
                break;
            case "ExternalName":
                if (spec.ClusterIPs.OrEmpty().Count > 0)
                {
                    errors.Forbidden(path.Child("clusterIPs"), "may not be set when `type` is 'ExternalName'");
                }
                if (string.IsNullOrEmpty(spec.ExternalName))
                {
                    errors.Required(path.Child("externalName"));
                }
                else
                {
                    errors.Invalid(path.Child("externalName"), spec.ExternalName, Names.IsDns1123Subdomain(spec.ExternalName.TrimEnd('.')));
                }
                break;
        }
    }

    private static void ValidateAffinity(ServiceSpec spec, FieldPath path, FieldErrors errors)
    {
        if (spec.SessionAffinity is not ("ClientIP" or "None"))
        {
            errors.NotSupported(path.Child("sessionAffinity"), spec.SessionAffinity, "ClientIP", "None");
        }
        if (spec.SessionAffinityConfig?.ClientIP?.TimeoutSeconds is { } seconds and (<= 0 or > 86400))
        {
            errors.Invalid(
                path.Child("sessionAffinityConfig").Child("clientIP").Child("timeoutSeconds"), seconds,
                "must be greater than 0 and less than 86400");
        }
    }

    private static void ValidatePolicies(ServiceSpec spec, FieldPath path, FieldErrors errors)
    {
        var isExternal = spec.Type is "NodePort" or "LoadBalancer" || spec.ExternalIPs.OrEmpty().Count > 0;
        if (!string.IsNullOrEmpty(spec.ExternalTrafficPolicy) && !isExternal)
        {
            errors.Invalid(
                path.Child("externalTrafficPolicy"), spec.ExternalTrafficPolicy, "may only be set for externally-accessible services");
        }
        else if (isExternal && spec.ExternalTrafficPolicy is not ("Cluster" or "Local"))
        {
            errors.NotSupported(path.Child("externalTrafficPolicy"), spec.ExternalTrafficPolicy ?? "", "Cluster", "Local");
        }
        if (spec.InternalTrafficPolicy is not (null or "Cluster" or "Local"))
        {
            errors.NotSupported(path.Child("internalTrafficPolicy"), spec.InternalTrafficPolicy, "Cluster", "Local");
        }
        if (spec.TrafficDistribution is not (null or "PreferClose" or "PreferSameZone" or "PreferSameNode"))
        {
            errors.NotSupported(
                path.Child("trafficDistribution"), spec.TrafficDistribution, "PreferClose", "PreferSameNode", "PreferSameZone");
        }
    }

    private static void ValidateAddresses(Service service, FieldPath path, FieldErrors errors)
    {
        var addresses = service.Spec.ClusterIPs.OrEmpty();
        if (addresses.Count > 0 && addresses[0] != service.Spec.ClusterIP)
        {
            errors.Invalid(path.Child("clusterIPs"), addresses, "first value must match `clusterIP`");
        }
        foreach (var (index, address) in addresses.Index())
        {
            if (address is "" or ServiceShape.Headless)
            {
                continue;
            }
            ValidateIp(address, path.Child("clusterIPs").Index(index), errors);
        }
        if (addresses.Count > 1)
        {
            errors.Invalid(path.Child("clusterIPs"), addresses, "may only hold up to 1 values");
        }
        if (service.Spec.IpFamilies.OrEmpty().Contains("IPv6") && ServiceShape.NeedsAddress(service))
        {
            errors.Invalid(
                path.Child("ipFamilies").Index(service.Spec.IpFamilies!.IndexOf("IPv6")), "IPv6", "not configured on this cluster");
        }
    }

    private static void ValidatePorts(Service service, FieldPath path, FieldErrors errors)
    {
        var ports = service.Spec.Ports.OrEmpty();
        var names = new HashSet<string>();
        var numbers = new HashSet<(string?, int)>();
        var nodePorts = new HashSet<(string?, int)>();
        foreach (var (index, port) in ports.Index())
        {
            var at = path.Index(index);
            ValidatePort(port, ports.Count > 1, names, at, errors);
            if (!numbers.Add((port.Protocol, port.Port)))
            {
                errors.Duplicate(at, port);
            }
            if (port.NodePort != 0 && !nodePorts.Add((port.Protocol, port.NodePort)))
            {
                errors.Duplicate(at.Child("nodePort"), port.NodePort);
            }
        }
    }

    private static void ValidatePort(
        ServicePort port, bool needsName, HashSet<string> names, FieldPath path, FieldErrors errors)
    {
        if (string.IsNullOrEmpty(port.Name))
        {
            if (needsName)
            {
                errors.Required(path.Child("name"));
            }
        }
        else
        {
            errors.Invalid(path.Child("name"), port.Name, Names.IsDns1123Label(port.Name));
            if (!names.Add(port.Name))
            {
                errors.Duplicate(path.Child("name"), port.Name);
            }
        }
        errors.Invalid(path.Child("port"), port.Port, Names.IsPortNumber(port.Port));
        if (!Protocols.Contains(port.Protocol))
        {
            errors.NotSupported(path.Child("protocol"), port.Protocol, Protocols);
        }
        PortValidation.ValidateReference(port.TargetPort, path.Child("targetPort"), errors);
        if (port.AppProtocol is { Length: > 0 } application)
        {
            errors.Invalid(path.Child("appProtocol"), application, Names.IsQualifiedName(application));
        }
    }

    private static void ValidateIp(string text, FieldPath path, FieldErrors errors)
    {
        if (!IPAddress.TryParse(text, out _))
        {
            errors.Invalid(path, text, "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)");
        }
    }
}
