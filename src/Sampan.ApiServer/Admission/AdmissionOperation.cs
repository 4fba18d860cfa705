namespace Sampan.ApiServer.Admission;

internal enum AdmissionOperation
{
    Create,
    Update,
    Delete,
    Connect,
}
