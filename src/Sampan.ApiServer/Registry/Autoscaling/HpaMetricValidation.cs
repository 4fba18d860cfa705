using Sampan.Api;
using Sampan.Api.Autoscaling.V2;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.Autoscaling;

/// <summary>Checks of the metrics that an autoscaler follows.</summary>
internal static class HpaMetricValidation
{
    private static readonly string[] Types = ["ContainerResource", "External", "Object", "Pods", "Resource"];

    public static void Reference(CrossVersionObjectReference reference, FieldPath path, FieldErrors errors)
    {
        FieldChecks.RequiredSegment(path.Child("kind"), reference.Kind, errors);
        FieldChecks.RequiredSegment(path.Child("name"), reference.Name, errors);
    }

    public static void Validate(MetricSpec metric, FieldPath path, FieldErrors errors)
    {
        FieldChecks.Required(path.Child("type"), metric.Type, errors, "must specify a metric source type");
        FieldChecks.OneOf(path.Child("type"), metric.Type, errors, Types);
        var present = Present(metric);
        if (present.Count > 0)
        {
            ValidateSource(metric, present[0], path.Child(present[0]), errors);
        }
        var expected = Types.Contains(metric.Type) ? char.ToLowerInvariant(metric.Type[0]) + metric.Type[1..] : "";
        if (expected.Length == 0)
        {
            errors.NotSupported(path.Child("type"), metric.Type, Types);
        }
        else if (!present.Contains(expected))
        {
            errors.Required(path.Child(expected), "must populate information for the given metric source");
        }
        foreach (var other in present.Count == 1 ? [] : present.Where(one => one != expected))
        {
            errors.Forbidden(path.Child(other), "must populate the given metric source only");
        }
    }

    private static List<string> Present(MetricSpec metric)
    {
        var present = new List<string>();
        AddIf(metric.Object is not null, "object");
        AddIf(metric.External is not null, "external");
        AddIf(metric.Pods is not null, "pods");
        AddIf(metric.Resource is not null, "resource");
        AddIf(metric.ContainerResource is not null, "containerResource");
        return present;

        void AddIf(bool isThere, string name)
        {
            if (isThere)
            {
                present.Add(name);
            }
        }
    }

    private static void ValidateSource(MetricSpec metric, string source, FieldPath path, FieldErrors errors)
    {
        switch (source)
        {
            case "object":
                Reference(metric.Object!.DescribedObject, path.Child("describedObject"), errors);
                Identifier(metric.Object.Metric, path.Child("metric"), errors);
                Target(metric.Object.Target, path.Child("target"), errors);
                NeedsValue(metric.Object.Target, path.Child("target"), "must set either a target value or averageValue", errors);
                break;
            case "external":
                External(metric.External!, path, errors);
                break;
            case "pods":
                Identifier(metric.Pods!.Metric, path.Child("metric"), errors);
                Target(metric.Pods.Target, path.Child("target"), errors);
                if (metric.Pods.Target.AverageValue is null)
                {
                    errors.Required(path.Child("target").Child("averageValue"), "must specify a positive target averageValue");
                }
                break;
            case "resource":
                FieldChecks.Required(path.Child("name"), metric.Resource!.Name, errors, "must specify a resource name");
                Utilization(metric.Resource.Target, path.Child("target"), errors);
                break;
            default:
                Container(metric.ContainerResource!, path, errors);
                break;
        }
    }

    private static void External(ExternalMetricSource source, FieldPath path, FieldErrors errors)
    {
        Identifier(source.Metric, path.Child("metric"), errors);
        Target(source.Target, path.Child("target"), errors);
        NeedsValue(source.Target, path.Child("target"), "must set either a target value for metric or a per-pod target", errors);
        if (source.Target is { Value: not null, AverageValue: not null })
        {
            errors.Forbidden(path.Child("target").Child("value"), "may not set both a target value for metric and a per-pod target");
        }
    }

    private static void Container(ContainerResourceMetricSource source, FieldPath path, FieldErrors errors)
    {
        FieldChecks.Required(path.Child("name"), source.Name, errors, "must specify a resource name");
        if (source.Name.Length > 0)
        {
            errors.Invalid(path.Child("name"), source.Name, Names.IsQualifiedName(source.Name));
        }
        FieldChecks.Required(path.Child("container"), source.Container, errors, "must specify a container");
        if (source.Container.Length > 0)
        {
            errors.Invalid(path.Child("container"), source.Container, Names.IsDns1123Label(source.Container));
        }
        Utilization(source.Target, path.Child("target"), errors);
    }

    private static void Utilization(MetricTarget target, FieldPath path, FieldErrors errors)
    {
        Target(target, path, errors);
        if (target is { AverageUtilization: null, AverageValue: null })
        {
            errors.Required(path.Child("averageUtilization"), "must set either a target raw value or a target utilization");
        }
        if (target is { AverageUtilization: not null, AverageValue: not null })
        {
            errors.Forbidden(path.Child("averageValue"), "may not set both a target raw value and a target utilization");
        }
    }

    private static void NeedsValue(MetricTarget target, FieldPath path, string detail, FieldErrors errors)
    {
        if (target is { Value: null, AverageValue: null })
        {
            errors.Required(path.Child("averageValue"), detail);
        }
    }

    private static void Identifier(MetricIdentifier metric, FieldPath path, FieldErrors errors)
    {
        FieldChecks.Required(path.Child("name"), metric.Name, errors, "must specify a metric name");
        errors.Invalid(path.Child("name"), metric.Name, Names.IsPathSegmentName(metric.Name));
    }

    private static void Target(MetricTarget target, FieldPath path, FieldErrors errors)
    {
        FieldChecks.Required(path.Child("type"), target.Type, errors, "must specify a metric target type");
        if (target.Type is not ("Utilization" or "Value" or "AverageValue"))
        {
            errors.Invalid(path.Child("type"), target.Type, "must be either Utilization, Value, or AverageValue");
        }
        if (target.Value is { Sign: <= 0 } value)
        {
            errors.Invalid(path.Child("value"), value, "must be positive");
        }
        if (target.AverageValue is { Sign: <= 0 } average)
        {
            errors.Invalid(path.Child("averageValue"), average, "must be positive");
        }
        if (target.AverageUtilization is < 1)
        {
            errors.Invalid(path.Child("averageUtilization"), target.AverageUtilization, "must be greater than 0");
        }
    }
}
