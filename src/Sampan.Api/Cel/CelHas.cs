namespace Sampan.Api.Cel;

internal sealed class CelHas(CelSelect field) : CelNode
{
    protected override object? Run(CelScope scope) => field.IsThere(scope);
}
