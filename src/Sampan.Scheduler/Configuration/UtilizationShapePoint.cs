namespace Sampan.Scheduler.Configuration;

/// <summary>A point of a piecewise linear function from utilization (0 … 100) to score (0 … 10).</summary>
public sealed record UtilizationShapePoint(int Utilization, int Score)
{
    private const int MaxScore = 10;

    internal static void Validate(List<UtilizationShapePoint> shape, FieldPath path, FieldErrors errors)
    {
        if (shape.Count == 0) errors.Required(path, "at least one point must be specified");
        for (var i = 1; i < shape.Count; i++)
        {
            if (shape[i - 1].Utilization < shape[i].Utilization) continue;
            errors.Invalid(path.Index(i).Child("utilization"), shape[i].Utilization, "values must be sorted in increasing order");
            break;
        }
        for (var i = 0; i < shape.Count; i++)
        {
            if (shape[i].Utilization is < 0 or > 100) errors.Invalid(path.Index(i).Child("utilization"), shape[i].Utilization, "not in valid range [0, 100]");
            if (shape[i].Score is < 0 or > MaxScore) errors.Invalid(path.Index(i).Child("score"), shape[i].Score, $"not in valid range [0, {MaxScore}]");
        }
    }
}
