"""Routes for downloading files and looking at their pages."""

from django.urls import path

from documents import views

app_name = "documents"
urlpatterns = [
    path("documents/keep/", views.keep_document, name="keep"),
    path("documents/<int:pk>/", views.download_document, name="download"),
    path("documents/<int:pk>/thumbnail/", views.document_thumbnail, name="thumbnail"),
    path("documents/<int:pk>/pages/<int:number>/", views.document_page, name="page"),
]
