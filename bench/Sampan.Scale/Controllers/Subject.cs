namespace Sampan.Scale.Controllers;

/// <summary>What the controllers are given to do.</summary>
internal enum Subject
{
    Deployments,
    Churn,
    Garbage,
    Endpoints,
}
