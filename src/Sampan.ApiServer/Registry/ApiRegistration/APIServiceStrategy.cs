using Sampan.Api;
using Sampan.Api.ApiRegistration.V1;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.ApiRegistration;

/// <summary>API services: each names a version of a group and says who serves it.</summary>
internal sealed class APIServiceStrategy() : SpecStatusStrategy<APIService>(Parts, hasGeneration: false)
{
    private const int MaxGroupPriority = 20000;
    private const int MaxVersionPriority = 1000;

    private static readonly SpecStatus<APIService> Parts = new(
        (from, to) => to.Spec = from.Spec,
        (from, to) => to.Status = from.Status,
        service => service.Status = new APIServiceStatus(),
        (a, b) => a.Spec.DeepEquals(b.Spec))
    {
        StatusKeepsMetadata = true,
    };

    public override bool AllowsBareFinalizers => true;

    public override bool AllowUnconditionalUpdate => false;

    public override NameCheck NameCheck => NameChecks.PathSegment;

    protected override void Default(APIService service)
    {
        if (service.Spec.Service is { } reference)
        {
            reference.Port ??= 443;
        }
    }

    protected override void Validate(WriteContext context, APIService service, FieldErrors errors)
    {
        var (spec, path) = (service.Spec, FieldPath.Of("spec"));
        var (group, version) = (spec.Group ?? "", spec.Version ?? "");
        var required = $"{version}.{group}";
        if (service.Metadata.Name != required && Names.IsPathSegmentName(service.Metadata.Name).Count == 0)
        {
            errors.Invalid(
                FieldPath.Of("metadata").Child("name"), service.Metadata.Name,
                $"must be `spec.version+\".\"+spec.group`: {GoText.Quote(required)}");
        }
        if (group.Length == 0 && version != "v1")
        {
            errors.Required(path.Child("group"), "only v1 may have an empty group and it better be legacy kube");
        }
        if (group.Length > 0)
        {
            errors.Invalid(path.Child("group"), group, Names.IsDns1123Subdomain(group));
        }
        errors.Invalid(path.Child("version"), version, Names.IsDns1035Label(version));
        if (spec.GroupPriorityMinimum is <= 0 or > MaxGroupPriority)
        {
            errors.Invalid(path.Child("groupPriorityMinimum"), spec.GroupPriorityMinimum, "must be positive and less than 20000");
        }
        if (spec.VersionPriority is <= 0 or > MaxVersionPriority)
        {
            errors.Invalid(path.Child("versionPriority"), spec.VersionPriority, "must be positive and less than 1000");
        }
        ValidateServer(spec, path, errors);
    }

    protected override void ValidateStatusUpdate(WriteContext context, APIService service, APIService old, FieldErrors errors)
    {
        foreach (var (index, condition) in service.Status.Conditions.OrEmpty().Index())
        {
            FieldChecks.OneOf(
                FieldPath.Of("status").Child("conditions").Index(index).Child("status"), condition.Status, errors, "True", "False", "Unknown");
        }
    }

    private static void ValidateServer(APIServiceSpec spec, FieldPath path, FieldErrors errors)
    {
        var hasAuthorities = spec.CaBundle is { Length: > 0 };
        if (spec.Service is not { } service)
        {
            if (hasAuthorities)
            {
                errors.Invalid(path.Child("caBundle"), $"{spec.CaBundle!.Length} bytes", "local APIServices may not have a caBundle");
            }
            if (spec.InsecureSkipTLSVerify)
            {
                errors.Invalid(path.Child("insecureSkipTLSVerify"), true, "local APIServices may not have insecureSkipTLSVerify");
            }
            return;
        }
        FieldChecks.Required(path.Child("service").Child("namespace"), service.Namespace, errors);
        FieldChecks.Required(path.Child("service").Child("name"), service.Name, errors);
        if (service.Port is { } port && Names.IsPortNumber(port) is { Count: > 0 } wrong)
        {
            errors.Invalid(path.Child("service").Child("port"), port, $"port is not valid: {string.Join(", ", wrong)}");
        }
        if (spec.InsecureSkipTLSVerify && hasAuthorities)
        {
            errors.Invalid(path.Child("insecureSkipTLSVerify"), true, "may not be true if caBundle is present");
        }
    }
}
