namespace Sampan.Api.Cel;

internal sealed class CelVariable(string name, int position) : CelNode
{
    public string Name => name;

    /// <summary>Where it is named, for messages.</summary>
    public int Position => position;

    protected override object? Run(CelScope scope) => scope.Find(name);
}
