using System.Text.Json.Nodes;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.Core.Services;

/// <summary>Checks of Services. Upstream: pkg/apis/core/validation.</summary>
internal static class ServiceValidation
{
    private const int MaxAffinitySeconds = 86400;
    private const string TopologyMode = "service.kubernetes.io/topology-mode";
    private const string TopologyHints = "service.kubernetes.io/topology-aware-hints";

    private static readonly string[] Types = ["ClusterIP", "ExternalName", "LoadBalancer", "NodePort"];
    private static readonly string[] Protocols = ["SCTP", "TCP", "UDP"];

    public static void Validate(Service service, FieldErrors errors, Service? old = null)
    {
        var (spec, path) = (service.Spec, FieldPath.Of("spec"));
        ValidateHints(service, errors);
        if (spec.Ports.OrEmpty().Count == 0 && !ServiceShape.IsHeadless(service) && spec.Type != "ExternalName")
        {
            errors.Required(path.Child("ports"));
        }
        ValidateType(service, path, errors);
        var names = new HashSet<string>();
        foreach (var (index, port) in spec.Ports.OrEmpty().Index())
        {
            ValidatePort(port, spec.Ports!.Count > 1, names, path.Child("ports").Index(index), errors);
        }
        ObjectMetaValidation.ValidateLabels(spec.Selector, path.Child("selector"), errors);
        ValidateAffinity(spec, path, errors);
        ServiceAddressValidation.Validate(service, errors, old?.Spec.ClusterIPs);
        foreach (var (index, ip) in spec.ExternalIPs.OrEmpty().Index())
        {
            ValidateExternal(ip, old?.Spec.ExternalIPs, path.Child("externalIPs").Index(index), errors);
        }
        FieldChecks.RequiredOneOf(path.Child("type"), spec.Type, errors, Types);
        ValidatePorts(spec, path.Child("ports"), errors);
        LoadBalancerValidation.Validate(service, old, path, errors);
        ValidatePolicies(service, path, errors);
    }

    public static void ValidateUpdate(Service service, Service old, FieldErrors errors)
    {
        ServiceAddressValidation.ValidateUpdate(service, old, errors);
        LoadBalancerValidation.ValidateUpdate(service, old, errors);
    }

    private static void ValidateHints(Service service, FieldErrors errors)
    {
        var annotations = service.Metadata.Annotations.OrEmpty();
        if (annotations.TryGetValue(TopologyMode, out var mode) && annotations.TryGetValue(TopologyHints, out var hints) && mode != hints)
        {
            errors.Invalid(
                FieldPath.Of("metadata").Child("annotations").Key(TopologyMode), mode,
                $"must match annotations[{TopologyHints}] when both are specified");
        }
    }

    private static void ValidateType(Service service, FieldPath path, FieldErrors errors)
    {
        var spec = service.Spec;
        if (spec.Type is "LoadBalancer" or "NodePort" && ServiceShape.IsHeadless(service))
        {
            errors.Invalid(path.Child("clusterIPs").Index(0), spec.ClusterIP, $"may not be set to 'None' for {spec.Type} services");
        }
        if (spec.Type != "ExternalName")
        {
            return;
        }
        Forbid("clusterIPs", spec.ClusterIPs.OrEmpty().Count > 0);
        Forbid("ipFamilies", spec.IpFamilies.OrEmpty().Count > 0);
        Forbid("ipFamilyPolicy", spec.IpFamilyPolicy is not null);
        // A dot at the end says that the name is whole.
        var name = spec.ExternalName ?? "";
        name = name.EndsWith('.') ? name[..^1] : name;
        FieldChecks.Required(path.Child("externalName"), name, errors);
        if (name.Length > 0)
        {
            errors.Invalid(path.Child("externalName"), name, Names.IsDns1123Subdomain(name));
        }

        void Forbid(string field, bool isSet)
        {
            if (isSet)
            {
                errors.Forbidden(path.Child(field), "may not be set for ExternalName services");
            }
        }
    }

    private static void ValidateAffinity(ServiceSpec spec, FieldPath path, FieldErrors errors)
    {
        FieldChecks.RequiredOneOf(path.Child("sessionAffinity"), spec.SessionAffinity, errors, "ClientIP", "None");
        if (spec.SessionAffinity == "ClientIP" && spec.SessionAffinityConfig?.ClientIP?.TimeoutSeconds is { } seconds and (<= 0 or > MaxAffinitySeconds))
        {
            errors.Invalid(
                path.Child("sessionAffinityConfig").Child("clientIP").Child("timeoutSeconds"), seconds,
                $"must be greater than 0 and less than {MaxAffinitySeconds}");
        }
    }

    private static void ValidatePolicies(Service service, FieldPath path, FieldErrors errors)
    {
        var spec = service.Spec;
        if (ServiceShape.IsExternal(service))
        {
            FieldChecks.RequiredOneOf(path.Child("externalTrafficPolicy"), spec.ExternalTrafficPolicy, errors, "Cluster", "Local");
        }
        else if (!string.IsNullOrEmpty(spec.ExternalTrafficPolicy))
        {
            errors.Invalid(
                path.Child("externalTrafficPolicy"), spec.ExternalTrafficPolicy, "may only be set for externally-accessible services");
        }
        if (spec.HealthCheckNodePort != 0)
        {
            ValidateHealthPort(service, path.Child("healthCheckNodePort"), errors);
        }
        FieldChecks.OneOf(path.Child("internalTrafficPolicy"), spec.InternalTrafficPolicy, errors, "Cluster", "Local");
        FieldChecks.OneOf(
            path.Child("trafficDistribution"), spec.TrafficDistribution, errors, "PreferClose", "PreferSameNode", "PreferSameZone");
    }

    private static void ValidateHealthPort(Service service, FieldPath path, FieldErrors errors)
    {
        if (ServiceShape.NeedsHealthPort(service))
        {
            errors.Invalid(path, service.Spec.HealthCheckNodePort, Names.IsPortNumber(service.Spec.HealthCheckNodePort));
        }
        else
        {
            errors.Invalid(
                path, service.Spec.HealthCheckNodePort,
                "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'");
        }
    }

    private static void ValidatePorts(ServiceSpec spec, FieldPath path, FieldErrors errors)
    {
        var ports = spec.Ports.OrEmpty();
        foreach (var (index, _) in ports.Index().Where(one => spec.Type == "ClusterIP" && one.Item.NodePort != 0))
        {
            errors.Forbidden(path.Index(index).Child("nodePort"), "may not be used when `type` is 'ClusterIP'");
        }
        var nodePorts = new HashSet<(string?, int)>();
        foreach (var (index, port) in ports.Index().Where(one => one.Item.NodePort != 0 && !nodePorts.Add((one.Item.Protocol, one.Item.NodePort))))
        {
            errors.Duplicate(path.Index(index).Child("nodePort"), port.NodePort);
        }
        var numbers = new HashSet<(string?, int)>();
        foreach (var (index, port) in ports.Index().Where(one => !numbers.Add((one.Item.Protocol, one.Item.Port))))
        {
            errors.Duplicate(path.Index(index), new ServicePort { Protocol = port.Protocol, Port = port.Port });
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
        FieldChecks.RequiredOneOf(path.Child("protocol"), port.Protocol, errors, Protocols);
        PortValidation.ValidateReference(port.TargetPort, path.Child("targetPort"), errors);
        if (port.AppProtocol is { } application)
        {
            errors.Invalid(path.Child("appProtocol"), application, Names.IsQualifiedName(application));
        }
    }

    private static void ValidateExternal(string text, IReadOnlyCollection<string>? old, FieldPath path, FieldErrors errors)
    {
        var before = errors.Count;
        AddressChecks.Address(path, text, errors, old);
        if (errors.Count == before)
        {
            AddressChecks.EndpointAddress(path, text, errors);
        }
    }
}
