namespace Sampan.Scheduler.Configuration;

/// <summary>How NodeResourcesFit scores.</summary>
public sealed class ScoringStrategy
{
    public const string LeastAllocated = "LeastAllocated";
    public const string MostAllocated = "MostAllocated";
    public const string RequestedToCapacityRatioType = "RequestedToCapacityRatio";

    public string Type { get; set; } = LeastAllocated;
    public List<ResourceSpec> Resources { get; set; } = ResourceSpec.Defaults();
    public RequestedToCapacityRatioParam? RequestedToCapacityRatio { get; set; }

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        if (Type is not (LeastAllocated or MostAllocated or RequestedToCapacityRatioType))
        {
            errors.NotSupported(path.Child("type"), Type, LeastAllocated, MostAllocated, RequestedToCapacityRatioType);
        }
        for (var i = 0; i < Resources.Count; i++)
        {
            if (Resources[i].Weight is <= 0 or > 100)
            {
                errors.Invalid(path.Child("resources").Index(i).Child("weight"), Resources[i].Weight, $"resource weight of {Resources[i].Name} not in valid range (0, 100]");
            }
        }
        if (RequestedToCapacityRatio is not null) UtilizationShapePoint.Validate(RequestedToCapacityRatio.Shape, path.Child("shape"), errors);
        else if (Type == RequestedToCapacityRatioType) errors.Required(path.Child("shape"), "at least one point must be specified");
    }
}
