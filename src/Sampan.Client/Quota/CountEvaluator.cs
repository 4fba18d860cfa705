namespace Sampan.Client.Quota;

/// <summary>Counts the objects of any kind; a few of the core group also under their bare name.</summary>
public sealed class CountEvaluator(string group, string resource) : QuotaEvaluator(group, resource)
{
    private readonly bool _hasBareName = group.Length == 0 && resource is "configmaps" or "resourcequotas" or "replicationcontrollers" or "secrets";

    public override bool Counts(string resourceName) => resourceName == CountName || (_hasBareName && resourceName == Resource);

    public override Dictionary<string, Quantity> Usage(IObject obj)
    {
        var usage = new Dictionary<string, Quantity> { [CountName] = new(1) };
        if (_hasBareName)
        {
            usage[Resource] = new(1);
        }
        return usage;
    }
}
