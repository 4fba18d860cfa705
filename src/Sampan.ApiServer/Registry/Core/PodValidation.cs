using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>Checks of pods and of pod templates. Upstream: pkg/apis/core/validation/validation.go.</summary>
internal static class PodValidation
{
    private static readonly string[] RestartPolicies = ["Always", "OnFailure", "Never"];
    private static readonly string[] DnsPolicies = ["ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"];
    private static readonly string[] PreemptionPolicies = ["PreemptLowerPriority", "Never"];

    /// <summary>A new pod.</summary>
    public static void Validate(Pod pod, FieldErrors errors)
    {
        PodAnnotationValidation.Validate(pod, FieldPath.Of("metadata", "annotations"), errors);
        ValidateWhole(pod, errors);
        var path = FieldPath.Of("spec");
        if (pod.Spec.EphemeralContainers.OrEmpty().Count > 0)
        {
            errors.Forbidden(path.Child("ephemeralContainers"), "cannot be set on create");
        }
        if (pod.Spec.SchedulingGates.OrEmpty().Count > 0 && !string.IsNullOrEmpty(pod.Spec.NodeName))
        {
            errors.Forbidden(path.Child("nodeName"), "cannot be set until all schedulingGates have been cleared");
        }
        SeccompAnnotations.MatchFields(pod, path, errors);
        AppArmorAnnotations.MatchFields(pod, path, errors);
    }

    /// <summary>The spec of a pod that is new or that has changed.</summary>
    public static void ValidateWhole(Pod pod, FieldErrors errors)
    {
        var path = FieldPath.Of("spec");
        ValidateSpec(pod.Spec, path, errors, pod.Metadata);
        foreach (var (index, volume) in string.IsNullOrEmpty(pod.Spec.ServiceAccountName) ? pod.Spec.Volumes.OrEmpty().Index() : [])
        {
            foreach (var (at, _) in (volume.Projected?.Sources).OrEmpty().Index().Where(one => one.Item.ServiceAccountToken is not null))
            {
                errors.Forbidden(
                    path.Child("volumes").Index(index).Child("projected", "sources").Index(at).Child("serviceAccountToken"),
                    "must not be specified when serviceAccountName is not set");
            }
        }
        foreach (var (list, field) in new[] { (pod.Spec.Containers, "containers"), (pod.Spec.InitContainers.OrEmpty(), "initContainers") })
        {
            foreach (var (index, container) in list.Index())
            {
                ContainerRules.Image(container, path.Child(field).Index(index), errors);
            }
        }
    }

    /// <param name="pod">The metadata of the pod; null for a template.</param>
    public static void ValidateSpec(PodSpec spec, FieldPath path, FieldErrors errors, ObjectMeta? pod = null)
    {
        if (spec.TerminationGracePeriodSeconds is null)
        {
            errors.Required(path.Child("terminationGracePeriodSeconds"));
        }
        var volumes = VolumeValidation.Validate(spec.Volumes, pod, path.Child("volumes"), errors);
        PodClaimValidation.Validate(spec.ResourceClaims, path.Child("resourceClaims"), errors);
        ContainerValidation.Validate(new ContainerScope(spec, volumes, new ClaimNames(spec), pod is not null, errors), path);
        PodResourceValidation.Validate(spec, path.Child("resources"), errors);
        ContainerPortValidation.OnHostNetwork(spec, pod is not null, path.Child("containers"), errors);
        FieldChecks.RequiredOneOf(path.Child("restartPolicy"), spec.RestartPolicy, errors, RestartPolicies);
        FieldChecks.RequiredOneOf(path.Child("dnsPolicy"), spec.DnsPolicy, errors, DnsPolicies);
        ObjectMetaValidation.ValidateLabels(spec.NodeSelector, path.Child("nodeSelector"), errors);
        PodSecurityValidation.Validate(spec, path, errors);
        AffinityValidation.Validate(spec.Affinity, path.Child("affinity"), errors);
        PodDnsValidation.Config(spec, path.Child("dnsConfig"), errors);
        Placement(spec, path, errors);
        Identity(spec, path, errors);
        ResourceValidation.Overhead(spec.Overhead, path.Child("overhead"), errors);
        PodOsValidation.Validate(spec, path, errors);
    }

    private static void Placement(PodSpec spec, FieldPath path, FieldErrors errors)
    {
        foreach (var (index, gate) in spec.ReadinessGates.OrEmpty().Index())
        {
            errors.Invalid(
                path.Child("readinessGates").Index(index).Child("conditionType"), gate.ConditionType, Names.IsQualifiedName(gate.ConditionType));
        }
        PodSchedulingValidation.Gates(spec.SchedulingGates, path.Child("schedulingGates"), errors);
        TopologySpreadValidation.Validate(spec.TopologySpreadConstraints, path.Child("topologySpreadConstraints"), errors);
        WindowsOptionsValidation.HostProcess(spec, path, errors);
        PodSecurityValidation.HostUsers(spec, path, errors);
    }

    private static void Identity(PodSpec spec, FieldPath path, FieldErrors errors)
    {
        Name(spec.ServiceAccountName, "serviceAccountName", Names.IsDns1123Subdomain);
        Name(spec.NodeName, "nodeName", Names.IsDns1123Subdomain);
        if (spec.ActiveDeadlineSeconds is { } deadline and (< 1 or > int.MaxValue))
        {
            errors.Invalid(path.Child("activeDeadlineSeconds"), deadline, "must be between 1 and 2147483647, inclusive");
        }
        Name(spec.Hostname, "hostname", Names.IsDns1123Label);
        Name(spec.Subdomain, "subdomain", Names.IsDns1123Label);
        PodHostnameValidation.Override(spec, path, errors);
        PodSchedulingValidation.ValidateTolerations(spec.Tolerations, path.Child("tolerations"), errors);
        PodDnsValidation.Aliases(spec.HostAliases, path.Child("hostAliases"), errors);
        Name(spec.PriorityClassName, "priorityClassName", Names.IsDns1123Subdomain);
        if (spec.RuntimeClassName is { } runtime)
        {
            errors.Invalid(path.Child("runtimeClassName"), runtime, Names.IsDns1123Subdomain(runtime));
        }
        if (spec.PreemptionPolicy is { } preemption)
        {
            FieldChecks.RequiredOneOf(path.Child("preemptionPolicy"), preemption, errors, PreemptionPolicies);
        }

        void Name(string? value, string field, Func<string, IReadOnlyList<string>> check)
        {
            if (!string.IsNullOrEmpty(value))
            {
                errors.Invalid(path.Child(field), value, check(value));
            }
        }
    }
}
