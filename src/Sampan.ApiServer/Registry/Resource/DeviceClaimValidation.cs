using Sampan.Api;
using Sampan.Api.Resource.V1;

namespace Sampan.ApiServer.Registry.Resource;

/// <summary>Checks of what a claim asks for.</summary>
internal sealed class DeviceClaimValidation
{
    private const int MaxRequests = 32;
    private const int MaxConstraints = 32;
    private const int MaxSubrequests = 8;
    private const string NotRequest =
        "must be the name of a request in the claim or the name of a request and a subrequest separated by '/'";

    private readonly DeviceClaim _claim;
    private readonly FieldErrors _errors;
    private readonly HashSet<string> _names;

    public DeviceClaimValidation(DeviceClaim claim, FieldErrors errors)
    {
        (_claim, _errors) = (claim, errors);
        _names =
        [
            .. claim.Requests.OrEmpty().Select(request => request.Name),
            .. claim.Requests.OrEmpty().SelectMany(request => request.FirstAvailable.OrEmpty().Select(sub => $"{request.Name}/{sub.Name}")),
        ];
    }

    public void Validate(FieldPath path)
    {
        DeviceChecks.EachOnce(_claim.Requests, MaxRequests, path.Child("requests"), _errors, Request, request => request.Name);
        DeviceChecks.Each(_claim.Constraints, MaxConstraints, path.Child("constraints"), _errors, Constraint);
        DeviceChecks.Each(_claim.Config, DeviceChecks.MaxConfigurations, path.Child("config"), _errors, (config, at) =>
        {
            References(config.Requests, at.Child("requests"));
            DeviceChecks.Configuration(config.Opaque, at, _errors);
        });
    }

    public void References(List<string>? names, FieldPath path) =>
        DeviceChecks.EachOnce(names, MaxRequests, path, _errors, Reference, name => name);

    /// <summary>The name of a request, or of a request and one of its alternatives.</summary>
    public void Reference(string name, FieldPath path)
    {
        var parts = name.Split('/');
        if (parts.Length > 2)
        {
            _errors.Invalid(path, name, NotRequest);
            return;
        }
        foreach (var part in parts)
        {
            DeviceChecks.Label(part, path, _errors);
        }
        if (!_names.Contains(name))
        {
            _errors.Invalid(path, name, NotRequest);
        }
    }

    private void Request(DeviceRequest request, FieldPath path)
    {
        DeviceChecks.Label(request.Name, path.Child("name"), _errors);
        var alternatives = request.FirstAvailable.OrEmpty().Count > 0;
        if (request.Exactly is null && !alternatives)
        {
            _errors.Required(path, "exactly one of `exactly` or `firstAvailable` is required");
        }
        else if (request.Exactly is not null && alternatives)
        {
            _errors.Invalid(path, null, "exactly one of `exactly` or `firstAvailable` is required, but multiple fields are set");
        }
        else if (request.Exactly is { } exactly)
        {
            var at = path.Child("exactly");
            Wanted(exactly.DeviceClassName, exactly.Selectors, exactly.AllocationMode, exactly.Count, exactly.Tolerations, at);
        }
        else
        {
            DeviceChecks.EachOnce(request.FirstAvailable, MaxSubrequests, path.Child("firstAvailable"), _errors, Subrequest, sub => sub.Name);
        }
    }

    private void Subrequest(DeviceSubRequest sub, FieldPath path)
    {
        DeviceChecks.Label(sub.Name, path.Child("name"), _errors);
        Wanted(sub.DeviceClassName, sub.Selectors, sub.AllocationMode, sub.Count, sub.Tolerations, path);
    }

    private void Wanted(
        string deviceClass, List<DeviceSelector>? selectors, string? mode, long count, List<DeviceToleration>? tolerations, FieldPath path)
    {
        DeviceChecks.DeviceClass(deviceClass, path.Child("deviceClassName"), _errors);
        DeviceChecks.Selectors(selectors, path.Child("selectors"), _errors);
        switch (mode)
        {
            case "All" when count != 0:
                _errors.Invalid(path.Child("count"), count, "must not be specified when allocationMode is 'All'");
                break;
            case "ExactCount" when count <= 0:
                _errors.Invalid(path.Child("count"), count, "must be greater than zero");
                break;
            case not ("All" or "ExactCount"):
                _errors.NotSupported(path.Child("allocationMode"), mode, "All", "ExactCount");
                break;
        }
        foreach (var (index, toleration) in tolerations.OrEmpty().Index())
        {
            DeviceChecks.Toleration(toleration, path.Child("tolerations").Index(index), _errors);
        }
    }

    private void Constraint(DeviceConstraint constraint, FieldPath path)
    {
        References(constraint.Requests, path.Child("requests"));
        if (constraint.MatchAttribute is { } match)
        {
            DeviceChecks.FullyQualifiedName(match, path.Child("matchAttribute"), _errors);
        }
        else if (constraint.DistinctAttribute is { } distinct)
        {
            DeviceChecks.FullyQualifiedName(distinct, path.Child("distinctAttribute"), _errors);
        }
        else
        {
            _errors.Required(path, "exactly one of \"matchAttribute\" or \"distinctAttribute\" is required, but multiple fields are set");
        }
    }
}
